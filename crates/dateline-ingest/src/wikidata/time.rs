//! Start and end of a statement: times of Wikidata with their precision.

use dateline_event::date::Edtf;
use serde_json::Value;

/// Precisions of times: a year, a month, a day. What is coarser says too little of a tenure.
const YEAR: u64 = 9;
const MONTH: u64 = 10;
const DAY: u64 = 11;

/// Start or end of a tenure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    /// As precise as it is given.
    Known(Edtf),
    /// There is none, or nobody says one.
    Open,
    /// There is one, and nobody knows which.
    Unknown,
}

/// The bound that the qualifiers of one property give, and what is doubtful about it.
pub(super) fn bound(snaks: &[Value]) -> (Bound, Option<String>) {
    let (first, others) = match snaks {
        [] => return (Bound::Open, None),
        [first, others @ ..] => (first, others.len()),
    };
    let (bound, doubt) = one(first);
    let several = (others > 0).then(|| format!("{} times are given; the first counts", others + 1));
    (bound, doubt.or(several))
}

fn one(snak: &Value) -> (Bound, Option<String>) {
    match snak.get("snaktype").and_then(Value::as_str) {
        Some("novalue") => return (Bound::Open, None),
        Some("somevalue") => return (Bound::Unknown, None),
        Some(_) | None => {}
    }
    let value = snak.pointer("/datavalue/value");
    let time = value.and_then(|it| it.get("time")).and_then(Value::as_str);
    let precision = value.and_then(|it| it.get("precision")).and_then(Value::as_u64);
    let (Some(time), Some(precision)) = (time, precision) else {
        return (Bound::Unknown, Some("no time with a precision; counted as not known".to_owned()));
    };
    if let Some(edtf) = edtf(time, precision) {
        return (Bound::Known(edtf), None);
    }
    let message = format!(
        "`{time}` with precision {precision} is no year, month or day; counted as not known"
    );
    (Bound::Unknown, Some(message))
}

/// A time such as `+2015-05-00T00:00:00Z`, as far as its precision reaches.
fn edtf(time: &str, precision: u64) -> Option<Edtf> {
    let date = time.strip_prefix('+')?.split('T').next()?;
    let parts: Vec<&str> = date.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return None };
    // Years have leading zeros without end.
    let year = format!("{:04}", year.parse::<u32>().ok()?);
    let text = match precision {
        YEAR => year,
        MONTH => format!("{year}-{month}"),
        DAY => format!("{year}-{month}-{day}"),
        _ => return None,
    };
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_time_claims_no_more_than_its_precision() {
        for (time, precision, wanted) in [
            ("+2015-05-07T00:00:00Z", 11, Some("2015-05-07")),
            ("+2015-05-00T00:00:00Z", 10, Some("2015-05")),
            ("+2015-00-00T00:00:00Z", 9, Some("2015")),
            ("+00000002015-05-07T00:00:00Z", 11, Some("2015-05-07")),
            ("+2010-00-00T00:00:00Z", 8, None),
            ("-0044-03-15T00:00:00Z", 11, None),
            ("+2015-13-01T00:00:00Z", 11, None),
            ("2015", 9, None),
        ] {
            assert_eq!(edtf(time, precision).map(|it| it.to_string()).as_deref(), wanted, "{time}");
        }
    }

    #[test]
    fn no_end_is_told_from_an_end_that_nobody_knows() {
        assert_eq!(bound(&[]), (Bound::Open, None));
        assert_eq!(bound(&[json!({"snaktype": "novalue"})]), (Bound::Open, None));
        assert_eq!(bound(&[json!({"snaktype": "somevalue"})]), (Bound::Unknown, None));
        assert_eq!(bound(&[json!({})]).0, Bound::Unknown);
    }
}
