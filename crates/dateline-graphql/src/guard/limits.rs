//! What one request may ask for. Each limit has a name, a unit and a reason for its size.

/// Limits on one request. They hold before validation, so a hostile document costs no more than reading it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the body of a POST, and of the query string of a GET.
    pub body_bytes: usize,
    /// Bytes of the body of a POST whose caller may hand in pages.
    pub ingest_body_bytes: usize,
    /// Bytes of a document. The introspection query of `GraphiQL` has 2,000, a large front end's document 10,000.
    pub document_bytes: usize,
    /// Tokens of a document.
    pub tokens: usize,
    /// Brackets of any kind that are open at once, in a document and in variables: bounds the stack of every parser.
    pub nesting: usize,
    /// Values in the variables of a request, lists and objects counted too: each is copied several times on its way to a
    /// resolver. The largest request that means anything asks for 100 nodes by their ids.
    pub values: usize,
    /// Operations in a document.
    pub operations: usize,
    /// Fragments defined in a document.
    pub fragments: usize,
    /// Selection sets inside of each other after fragments are expanded. Introspection needs 18.
    pub depth: u64,
    /// Fields of a document after fragments are expanded.
    pub fields: u64,
    /// Fragment spreads and inline fragments after expansion.
    pub spreads: u64,
    /// Aliases after expansion.
    pub aliases: u64,
    /// Directives after expansion.
    pub directives: u64,
    /// `fields`, `inputFields`, `interfaces` and `possibleTypes` inside of each other: introspection that walks from
    /// type to type. The usual introspection query has 1.
    pub introspection: u64,
    /// Values that the answer may have, by the page sizes that the document asks for; see `guard::shape`.
    pub cost: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 256 * 1024,
            ingest_body_bytes: 24 * 1024 * 1024,
            document_bytes: 32 * 1024,
            tokens: 4_000,
            nesting: 32,
            values: 5_000,
            operations: 10,
            fragments: 100,
            depth: 30,
            fields: 1_000,
            spreads: 500,
            aliases: 100,
            directives: 100,
            introspection: 2,
            cost: 50_000,
        }
    }
}
