//! The elements that matter to a reader, and how each takes part in the text.

/// The name of an element, as far as this reader tells them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Tag {
    /// No element but characters.
    Text,
    /// The root that every node hangs on.
    Root,
    /// An element of no special meaning: `span`, `font`, custom elements.
    Other,
    /// An element of no special meaning that stands on lines of its own: `div`, `fieldset`.
    Division,
    A,
    Address,
    Article,
    Aside,
    Body,
    Blockquote,
    Br,
    Caption,
    Cell,
    Definition,
    Figcaption,
    Figure,
    Footer,
    Form,
    Formatting,
    Head,
    Header,
    Heading(u8),
    Hr,
    Image,
    Item,
    Label,
    List,
    Main,
    Nav,
    /// Shown where scripts do not run: mostly pictures and pleas, now and then the story.
    Noscript,
    Paragraph,
    Pre,
    Row,
    Section,
    /// Contents are never read: scripts, pictures drawn in markup, controls of forms.
    Skipped,
    Table,
    TablePart,
    Term,
    Time,
    Title,
    /// An element without contents.
    Void,
}

impl Tag {
    /// The tag of an element named `name`, in lower case.
    pub(crate) fn of(name: &str) -> Self {
        match name {
            "a" => Self::A,
            "address" => Self::Address,
            "article" => Self::Article,
            "aside" => Self::Aside,
            "body" => Self::Body,
            "blockquote" => Self::Blockquote,
            "br" => Self::Br,
            "caption" => Self::Caption,
            "td" | "th" => Self::Cell,
            "dd" => Self::Definition,
            "dt" => Self::Term,
            "figcaption" => Self::Figcaption,
            "figure" => Self::Figure,
            "footer" => Self::Footer,
            "form" => Self::Form,
            "b" | "strong" | "i" | "em" | "u" | "s" | "small" | "big" | "tt" | "code" | "font"
            | "strike" | "nobr" => Self::Formatting,
            "head" => Self::Head,
            "header" => Self::Header,
            "h1" => Self::Heading(1),
            "h2" => Self::Heading(2),
            "h3" => Self::Heading(3),
            "h4" => Self::Heading(4),
            "h5" => Self::Heading(5),
            "h6" => Self::Heading(6),
            "hr" => Self::Hr,
            "img" => Self::Image,
            "li" => Self::Item,
            "label" => Self::Label,
            "ul" | "ol" | "dl" | "menu" | "dir" => Self::List,
            "main" => Self::Main,
            "nav" => Self::Nav,
            "noscript" => Self::Noscript,
            "p" => Self::Paragraph,
            "pre" | "listing" => Self::Pre,
            "tr" => Self::Row,
            "section" => Self::Section,
            "script" | "style" | "template" | "svg" | "math" | "iframe" | "object" | "select"
            | "textarea" | "button" | "audio" | "video" | "canvas" | "noembed" | "noframes"
            | "xmp" | "dialog" | "applet" | "datalist" => Self::Skipped,
            "table" => Self::Table,
            "thead" | "tbody" | "tfoot" => Self::TablePart,
            "time" => Self::Time,
            "title" => Self::Title,
            "area" | "base" | "col" | "embed" | "input" | "link" | "meta" | "param" | "source"
            | "track" | "wbr" => Self::Void,
            "div" | "fieldset" | "details" | "summary" | "center" | "hgroup" | "legend"
            | "optgroup" | "option" | "html" => Self::Division,
            _ => Self::Other,
        }
    }

    /// Whether the element never has contents.
    pub(crate) const fn is_void(self) -> bool {
        matches!(self, Self::Br | Self::Hr | Self::Image | Self::Void)
    }

    /// Whether its text runs on in the line of what stands around it.
    pub(crate) const fn is_inline(self) -> bool {
        matches!(
            self,
            Self::Text
                | Self::Other
                | Self::A
                | Self::Formatting
                | Self::Time
                | Self::Label
                | Self::Void
                | Self::Image
                | Self::Br
        )
    }

    /// Whether an open paragraph ends where it starts (HTML § 13.1.2.4).
    pub(crate) const fn ends_paragraph(self) -> bool {
        !self.is_inline()
            && !matches!(self, Self::Skipped | Self::Head | Self::Body | Self::Row | Self::Cell)
    }
}
