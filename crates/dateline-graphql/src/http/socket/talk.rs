//! One connection: who says what when.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;

use async_graphql::parser::types::OperationType;
use axum::extract::ws::{Message, WebSocket};
use serde_json::Value;
use tokio::sync::mpsc;
use tokio::task::{AbortHandle, JoinSet};
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until, timeout};

use super::protocol::{Close, PROTOCOL, Reply, Said, acknowledged, pong};
use crate::access::{Caller, Denied, Watch};
use crate::error::ErrorCode;
use crate::guard::within;
use crate::http::refusal::Refusal;
use crate::http::request::Parameters;
use crate::http::service::Service;
use crate::live::Pass;

/// Answers that wait for the connection; operations that have more to say wait themselves.
const QUEUE: usize = 4;

/// A connection with everything that is under way on it.
pub(super) struct Talk {
    service: Arc<Service>,
    pass: Pass,
    /// Who talks: from the upgrade or from `connection_init` on.
    caller: Option<Caller>,
    address: Option<IpAddr>,
    watch: Option<Watch>,
    trace: String,
    is_acknowledged: bool,
    operations: HashMap<String, Operation>,
    tasks: JoinSet<()>,
    started: u64,
}

/// An operation that is under way. The number tells it from an earlier one with the same id, of which answers may still
/// wait.
struct Operation {
    number: u64,
    task: AbortHandle,
}

/// An answer of an operation.
struct Answer {
    id: String,
    number: u64,
    reply: Reply,
}

/// The sending end of an operation.
struct Out {
    id: String,
    number: u64,
    answers: mpsc::Sender<Answer>,
}

impl Out {
    async fn send(&self, reply: Reply) {
        let answer = Answer { id: self.id.clone(), number: self.number, reply };
        // The connection is gone; this task is about to be, too.
        let _ = self.answers.send(answer).await;
    }
}

impl Talk {
    pub(super) fn new(
        service: Arc<Service>,
        pass: Pass,
        (caller, address): (Option<Caller>, Option<IpAddr>),
        trace: String,
    ) -> Self {
        Self {
            service,
            pass,
            caller,
            address,
            watch: None,
            trace,
            is_acknowledged: false,
            operations: HashMap::new(),
            tasks: JoinSet::new(),
            started: 0,
        }
    }

    /// Talks until either side ends it. Whatever is under way then is given up.
    pub(super) async fn run(mut self, mut socket: WebSocket) {
        if let Some(close) = self.talk(&mut socket).await {
            let stall = self.service.options.live.stall;
            // One that does not take the close is cut off.
            let _ = timeout(stall, socket.send(close.message())).await;
        }
    }

    /// Gives the close to send; `None` where the client is gone.
    async fn talk(&mut self, socket: &mut WebSocket) -> Option<Close> {
        if socket.protocol().is_none_or(|it| it != PROTOCOL) {
            return Some(Close::other_protocol());
        }
        let live = self.service.options.live.clone();
        let init_by = Instant::now() + live.init_timeout;
        let (answers, mut waiting) = mpsc::channel(QUEUE);
        let mut signs = interval(live.keep_alive);
        signs.set_missed_tick_behavior(MissedTickBehavior::Delay);
        signs.reset();
        loop {
            while self.tasks.try_join_next().is_some() {}
            let message = tokio::select! {
                () = self.pass.closing() => return Some(Close::GOING_AWAY),
                () = sleep_until(init_by), if !self.is_acknowledged => {
                    return Some(Close::init_timeout());
                }
                denied = lost(&mut self.watch) => return Some(Close::denied(&denied)),
                _ = signs.tick() => Some(Message::Ping(axum::body::Bytes::new())),
                Some(answer) = waiting.recv() => self.worded(answer),
                said = socket.recv() => match said {
                    None | Some(Ok(Message::Close(_))) => return None,
                    // What is too large cannot be read, and a connection that broke cannot be written to.
                    Some(Err(_)) => return Some(Close::TOO_BIG),
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => None,
                    Some(Ok(Message::Binary(_))) => return Some(Close::invalid()),
                    Some(Ok(Message::Text(text))) => match self.hear(&text, &answers) {
                        Ok(message) => message,
                        Err(close) => return Some(close),
                    },
                },
            };
            if let Some(message) = message {
                match timeout(live.stall, socket.send(message)).await {
                    Ok(Ok(())) => {}
                    Ok(Err(_)) | Err(_) => return None,
                }
            }
        }
    }

    /// Takes in what the client said, and gives what to say to that at once.
    fn hear(
        &mut self,
        text: &str,
        answers: &mpsc::Sender<Answer>,
    ) -> Result<Option<Message>, Close> {
        match Said::read(text)? {
            Said::Init(_) if self.is_acknowledged => Err(Close::init_again()),
            Said::Init(authorization) => {
                self.come_in(authorization.as_deref()).map_err(|it| Close::denied(&it))?;
                Ok(Some(acknowledged()))
            }
            Said::Ping(payload) => Ok(Some(pong(payload))),
            Said::Pong => Ok(None),
            Said::Subscribe(..) if !self.is_acknowledged => Err(Close::unauthorized()),
            Said::Subscribe(id, _) if self.operations.contains_key(&id) => {
                Err(Close::id_in_use(&id))
            }
            Said::Subscribe(id, payload) => {
                let Some(caller) = self.caller.clone() else { return Err(Close::unauthorized()) };
                let counted = self.service.door.count(&caller, self.address);
                self.service.in_rate(counted).map_err(Close::too_often)?;
                Ok(self.begin(id, payload, caller, answers))
            }
            Said::Complete(id) => {
                if let Some(operation) = self.operations.remove(&id) {
                    operation.task.abort();
                }
                Ok(None)
            }
        }
    }

    /// Finds out who talks, if not known already, and lets that caller in.
    fn come_in(&mut self, authorization: Option<&str>) -> Result<(), Denied> {
        let door = &self.service.door;
        let caller = match (authorization, self.caller.take()) {
            (Some(named), _) => door.holder(named)?,
            (None, Some(known)) => known,
            (None, None) => door.nobody(),
        };
        caller.may_come_in()?;
        self.watch = Some(door.watch(caller.clone()));
        self.caller = Some(caller);
        self.is_acknowledged = true;
        Ok(())
    }

    /// Begins an operation, or says why not.
    fn begin(
        &mut self,
        id: String,
        payload: Value,
        caller: Caller,
        answers: &mpsc::Sender<Answer>,
    ) -> Option<Message> {
        let max = self.service.options.live.operations_per_socket;
        if let Err(refused) = within("operations_per_socket", max, self.operations.len() + 1) {
            let error = Refusal::from(refused).error(&self.trace);
            return Some(Reply::Errors(vec![error]).message(&id));
        }
        self.started += 1;
        let out = Out { id: id.clone(), number: self.started, answers: answers.clone() };
        let (service, trace) = (Arc::clone(&self.service), self.trace.clone());
        let task = self.tasks.spawn(async move {
            let last = operate(&service, payload, caller, &trace, &out).await;
            out.send(last).await;
        });
        self.operations.insert(id, Operation { number: self.started, task });
        None
    }

    /// The message for an answer; `None` where nobody waits for it any more.
    fn worded(&mut self, answer: Answer) -> Option<Message> {
        let Answer { id, number, reply } = answer;
        if self.operations.get(&id).is_none_or(|it| it.number != number) {
            return None;
        }
        if reply.is_last() {
            self.operations.remove(&id);
        }
        Some(reply.message(&id))
    }
}

/// Done when the caller that is watched may no longer talk; never without one.
async fn lost(watch: &mut Option<Watch>) -> Denied {
    match watch {
        Some(watch) => watch.lost().await,
        None => std::future::pending().await,
    }
}

/// Carries out an operation, and gives its last word.
async fn operate(
    service: &Service,
    payload: Value,
    caller: Caller,
    trace: &str,
    out: &Out,
) -> Reply {
    let refused = |refusal: Refusal| Reply::Errors(vec![refusal.error(trace)]);
    let (limits, documents) = (service.engine.limits(), &service.options.documents);
    let parameters = Parameters::of_json(payload, limits, documents);
    let after = parameters.as_ref().ok().and_then(|it| it.after);
    let prepared = match parameters.and_then(|it| service.engine.prepare(it)) {
        Ok(prepared) => Arc::new(prepared),
        Err(refusal) => return refused(refusal),
    };
    if let Err(refusal) = service.allow(&caller, prepared.kind()) {
        return refused(refusal);
    }
    if let Err(refusal) = service.catch_up(after).await {
        return refused(refusal);
    }
    if prepared.kind() != OperationType::Subscription {
        let moment = service.engine.moment();
        let work = service.engine.execute(&prepared, moment, caller, trace);
        return match service.in_time(work, trace).await {
            Ok(outcome) if outcome.is_refused() => Reply::Errors(outcome.errors),
            Ok(outcome) => {
                out.send(Reply::Next(outcome.to_json())).await;
                Reply::Complete
            }
            Err(refusal) => refused(refusal),
        };
    }
    let mut feed = match service.in_time(service.subscribe(&prepared, None, trace), trace).await {
        Ok(Ok(feed)) => feed,
        Ok(Err(outcome)) => return Reply::Errors(outcome.errors),
        Err(refusal) => return refused(refusal),
    };
    loop {
        match feed.next().await {
            Some(Ok(item)) => out.send(Reply::Next(item.json)).await,
            Some(Err(error)) => return Reply::Errors(vec![error]),
            None => {
                let message = "the subscription ended";
                return refused(Refusal::new(ErrorCode::Internal, message));
            }
        }
    }
}
