//! The rules of a topic, and what makes one useless.

use dateline_event::registry::TopicRule;
use serde_json::Value;

use crate::import::{Import, kind_of};

const FIELDS: [&str; 5] = ["any", "all", "none", "near", "weight"];

/// Reads the rules in `value`. One that could never hold, or would hold for every story, is
/// reported and left out.
pub(super) fn read(value: Option<&Value>, at: &str, import: &mut Import) -> Vec<TopicRule> {
    let list = match value {
        None | Some(Value::Null) => return Vec::new(),
        Some(Value::Array(list)) => list,
        Some(other) => {
            let message = format!("found {}, wanted a list; left out", kind_of(other));
            import.warn(&format!("{at}.rules"), message);
            return Vec::new();
        }
    };
    let mut rules = Vec::new();
    for (index, value) in list.iter().enumerate() {
        let at = format!("{at}.rules[{index}]");
        let keys = value.as_object().into_iter().flat_map(|it| it.keys());
        for key in keys.filter(|it| !FIELDS.contains(&it.as_str())) {
            import.warn(&at, format!("the field `{key}` is not known; left out"));
        }
        match serde_json::from_value::<TopicRule>(value.clone()) {
            Ok(rule) => rules.extend(usable(rule, &at, import)),
            Err(why) => import.warn(&at, format!("{why}; left out")),
        }
    }
    rules
}

fn usable(mut rule: TopicRule, at: &str, import: &mut Import) -> Option<TopicRule> {
    let near = rule.near.iter().flat_map(|it| it.terms.iter());
    let terms: Vec<&String> = rule.any.iter().chain(&rule.all).chain(near).collect();
    if terms.is_empty() {
        import.warn(at, "it asks for no term and would hold for every story; left out");
        return None;
    }
    if let Some(term) = terms.into_iter().chain(&rule.none).find(|it| !is_term(it)) {
        let message = format!("`{term}` is no term: words, `*` only at the end of one; left out");
        import.warn(at, message);
        return None;
    }
    if !(1..=10).contains(&rule.weight) {
        import.warn(at, format!("weight {} is not from 1 to 10; moved into it", rule.weight));
        rule.weight = rule.weight.clamp(1, 10);
    }
    Some(rule)
}

/// One or more words, each with a letter or digit, a `*` nowhere but at its end.
fn is_term(term: &str) -> bool {
    let is_word = |word: &str| {
        let stem = word.strip_suffix('*').unwrap_or(word);
        !stem.contains('*') && stem.chars().any(char::is_alphanumeric)
    };
    !term.trim().is_empty() && term.split_whitespace().all(is_word)
}
