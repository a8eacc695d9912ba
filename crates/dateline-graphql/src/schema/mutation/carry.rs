//! From an input to what carries it out, and back.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_graphql::Context;
use dateline_event::Event;

use super::Executor;
use super::problem::{Outcome, Problem, invalid};
use crate::access::{Caller, KeyScope};
use crate::commands::{CommandError, Commands, Mandate, Previewed, Written};
use crate::error::{ErrorCode, FieldError};

/// Longest idempotency key, in bytes. Clients use UUIDs.
const MAX_KEY_BYTES: usize = 200;

/// In whose name the caller changes something that needs `scope`, if it may.
pub(super) fn mandate(
    context: &Context<'_>,
    scope: KeyScope,
    idempotency_key: Option<&str>,
) -> Result<Result<Mandate, Problem>, FieldError> {
    let caller = context.data_unchecked::<Caller>();
    caller.may(scope).map_err(|it| FieldError::denied(&it))?;
    let good = |it: &&str| !it.is_empty() && it.len() <= MAX_KEY_BYTES;
    let idempotency_key = match idempotency_key {
        Some(it) if !good(&it) => {
            let message = format!("an idempotency key has 1 to {MAX_KEY_BYTES} bytes");
            return Ok(Err(invalid("idempotencyKey", message)));
        }
        other => other.map(str::to_owned),
    };
    Ok(Ok(Mandate { key: caller.name().to_owned(), idempotency_key }))
}

/// Has `work` done with what was `given`, where nothing is wrong with that, on a thread that may block.
pub(super) async fn carry_out<G: Send + 'static, T: Send + 'static>(
    context: &Context<'_>,
    mandate: Result<Mandate, Problem>,
    given: Result<G, Problem>,
    work: impl FnOnce(&dyn Commands, &Mandate, G) -> Result<T, CommandError> + Send + 'static,
) -> Result<Outcome<T>, FieldError> {
    let (by, given) = match (mandate, given) {
        (Ok(by), Ok(given)) => (by, given),
        (Err(problem), _) | (_, Err(problem)) => return Ok(Err(problem)),
    };
    let executor = Arc::clone(context.data_unchecked::<Executor>());
    let done = tokio::task::spawn_blocking(move || work(&*executor, &by, given)).await;
    match done {
        Ok(Ok(done)) => Ok(Ok(done)),
        Ok(Err(CommandError::Failed(why))) => Err(failed(&why)),
        Ok(Err(refused)) => Ok(Err(Problem::of(refused))),
        Err(why) => Err(failed(&why.to_string())),
    }
}

/// Has a fact recorded.
pub(super) async fn record(
    context: &Context<'_>,
    mandate: Result<Mandate, Problem>,
    fact: Result<Event, Problem>,
) -> Result<Outcome<Written>, FieldError> {
    carry_out(context, mandate, fact, <dyn Commands>::record).await
}

/// Has facts tried out. When the client no longer waits, the work ends.
pub(super) async fn preview(
    context: &Context<'_>,
    mandate: Result<Mandate, Problem>,
    facts: Result<Vec<Event>, Problem>,
) -> Result<Outcome<Previewed>, FieldError> {
    let wanted = Wanted(Arc::new(AtomicBool::new(true)));
    let flag = Arc::clone(&wanted.0);
    let is_wanted = move || flag.load(Ordering::Relaxed);
    carry_out(context, mandate, facts, move |to, _, facts| to.preview(facts, &is_wanted)).await
}

/// Takes the wish back when it is dropped.
struct Wanted(Arc<AtomicBool>);

impl Drop for Wanted {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

/// Says for the log why a command failed, and nothing of it to the client.
fn failed(why: &str) -> FieldError {
    tracing::error!(why, "a command failed");
    let message = "the service failed; whether anything was written is not known, so send it again with the same \
                   idempotency key";
    FieldError::new(ErrorCode::Internal, message)
}
