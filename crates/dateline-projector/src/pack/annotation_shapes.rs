//! What the annotator finds, packed.

use dateline_annotate::{
    Annotation, Appearance, AppearanceRole, Evidence, Found, HeldOffice, Resolved, Statement,
    StatementKind, TopicMatch,
};

use super::{packed_enum, packed_struct};

packed_struct!(Annotation { published, happened, place, agency, appearances, statements, topics });
packed_struct!(Resolved { edtf, basis, evidence, how, years });
packed_struct!(Evidence { span, text });
packed_struct!(Found { name, organisation, evidence, rule });
packed_struct!(Appearance {
    name,
    official,
    candidates,
    as_written,
    span,
    other_forms,
    office_as_written,
    office_span,
    rank,
    held,
    disagreement,
    role,
});
packed_struct!(HeldOffice { office, label, kind });
packed_struct!(Statement { speaker, kind, verb, text, spans, speaker_span, cue_span, rule });
packed_struct!(TopicMatch { topic, score, evidence });
packed_enum!(AppearanceRole { Speaker = 0, Participant = 1, Mentioned = 2 });
packed_enum!(StatementKind { Direct = 0, Indirect = 1 });
