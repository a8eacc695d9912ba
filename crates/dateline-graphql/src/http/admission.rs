//! Lets a request in: who sent it, whether that caller may come in, and whether it asks too often.

use std::net::IpAddr;

use async_graphql::parser::types::OperationType;
use axum::http::{Extensions, HeaderMap, header};

use super::Service;
use super::refusal::Refusal;
use crate::access::{Caller, Denied, KeyScope, TooOften};

/// How programs name a key.
pub(crate) const BEARER: &str = "Bearer realm=\"dateline\"";

/// How readers of feeds name a key: browsers and readers ask people for a password then.
pub(crate) const BASIC: &str = "Basic realm=\"dateline: any name, and the key as the password\"";

impl Service {
    /// Who sent a request, if that caller may come in. Whoever may not learns from `challenge` how to name a key.
    pub(crate) fn admit(
        &self,
        headers: &HeaderMap,
        extensions: &Extensions,
        challenge: &'static str,
    ) -> Result<Caller, Refusal> {
        let address = self.door.address(headers, extensions);
        let caller = match self.door.caller(headers) {
            Ok(caller) => caller,
            Err(denied) => {
                self.in_rate(self.door.count_stranger(address)).map_err(Refusal::too_often)?;
                return Err(self.denied(&denied, challenge));
            }
        };
        self.in_rate(self.door.count(&caller, address)).map_err(Refusal::too_often)?;
        caller.may_come_in().map_err(|it| self.denied(&it, challenge))?;
        Ok(caller)
    }

    /// Who opens a WebSocket and from where; nobody yet where the key is to come with `connection_init`.
    pub(crate) fn admit_socket(
        &self,
        headers: &HeaderMap,
        extensions: &Extensions,
    ) -> Result<(Option<Caller>, Option<IpAddr>), Refusal> {
        let address = self.door.address(headers, extensions);
        if headers.contains_key(header::AUTHORIZATION) {
            return Ok((Some(self.admit(headers, extensions, BEARER)?), address));
        }
        self.in_rate(self.door.count_stranger(address)).map_err(Refusal::too_often)?;
        Ok((None, address))
    }

    /// Whether `caller` may carry out operations of `kind` at all. What a mutation needs beyond that, its fields ask for.
    pub(crate) fn allow(&self, caller: &Caller, kind: OperationType) -> Result<(), Refusal> {
        match kind {
            OperationType::Query | OperationType::Subscription => {
                caller.may(KeyScope::Read).map_err(|it| self.denied(&it, BEARER))
            }
            OperationType::Mutation => Ok(()),
        }
    }

    /// Counts what was refused for its rate.
    pub(crate) fn in_rate(&self, counted: Result<(), TooOften>) -> Result<(), TooOften> {
        counted.inspect_err(|it| self.metrics.refused(it.by))
    }

    pub(crate) fn denied(&self, why: &Denied, challenge: &'static str) -> Refusal {
        let refusal = Refusal::denied(why, challenge);
        self.metrics.refused(refusal.rule());
        refusal
    }
}
