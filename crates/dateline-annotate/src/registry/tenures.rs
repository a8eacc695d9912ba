//! Tenures with an index by official and by office, so that a look-up does not walk the whole registry.

use std::collections::{BTreeMap, BTreeSet};

use dateline_event::registry::{Tenure, TenureId};
use dateline_event::{OfficeId, OfficialId};

/// Every tenure of a registry. The two indexes name exactly the tenures that are there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Tenures {
    all: BTreeMap<TenureId, Tenure>,
    by_official: BTreeMap<OfficialId, BTreeSet<TenureId>>,
    by_office: BTreeMap<OfficeId, BTreeSet<TenureId>>,
}

impl Tenures {
    /// Takes in a tenure in place of an earlier one of the same id. Says whether anything is another now.
    pub(super) fn record(&mut self, tenure: &Tenure) -> bool {
        let id = tenure.id();
        if self.all.get(&id) == Some(tenure) {
            return false;
        }
        self.withdraw(&id);
        self.by_official.entry(tenure.official.clone()).or_default().insert(id.clone());
        self.by_office.entry(tenure.office.clone()).or_default().insert(id.clone());
        self.all.insert(id, tenure.clone());
        true
    }

    /// Takes a tenure out. Says whether it was there.
    pub(super) fn withdraw(&mut self, id: &TenureId) -> bool {
        let Some(tenure) = self.all.remove(id) else { return false };
        forget(&mut self.by_official, &tenure.official, id);
        forget(&mut self.by_office, &tenure.office, id);
        true
    }

    pub(super) const fn all(&self) -> &BTreeMap<TenureId, Tenure> {
        &self.all
    }

    pub(super) fn of_official<'a>(
        &'a self,
        official: &OfficialId,
    ) -> impl Iterator<Item = &'a Tenure> + use<'a> {
        self.by_official.get(official).into_iter().flatten().filter_map(|it| self.all.get(it))
    }

    pub(super) fn of_office<'a>(
        &'a self,
        office: &OfficeId,
    ) -> impl Iterator<Item = &'a Tenure> + use<'a> {
        self.by_office.get(office).into_iter().flatten().filter_map(|it| self.all.get(it))
    }
}

fn forget<K: Ord>(index: &mut BTreeMap<K, BTreeSet<TenureId>>, key: &K, id: &TenureId) {
    if let Some(ids) = index.get_mut(key) {
        ids.remove(id);
        if ids.is_empty() {
            index.remove(key);
        }
    }
}

#[cfg(test)]
mod tests {
    use dateline_event::registry::TenureKind;

    use super::*;

    fn tenure(official: &str, office: &str, from: &str) -> Tenure {
        Tenure {
            official: OfficialId::new(official).unwrap(),
            office: OfficeId::new(office).unwrap(),
            kind: TenureKind::Full,
            from: from.parse().ok(),
            until: None,
        }
    }

    #[test]
    fn a_withdrawn_tenure_is_found_by_nobody() {
        let mut tenures = Tenures::default();
        let (one, two) = (tenure("ket", "sg", "2020"), tenure("ket", "mayor", "2001"));
        assert!(tenures.record(&one));
        assert!(!tenures.record(&one));
        assert!(tenures.record(&two));
        assert_eq!(tenures.of_official(&one.official).count(), 2);
        assert!(tenures.withdraw(&one.id()));
        assert!(!tenures.withdraw(&one.id()));
        assert_eq!(tenures.of_official(&one.official).collect::<Vec<_>>(), [&two]);
        assert_eq!(tenures.of_office(&one.office).count(), 0);
        tenures.withdraw(&two.id());
        assert_eq!(tenures, Tenures::default());
    }
}
