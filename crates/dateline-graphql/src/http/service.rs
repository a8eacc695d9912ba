//! The way of one request: method, media type, body, guard, execution, answer.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use async_graphql::parser::types::OperationType;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, header};
use futures_util::FutureExt as _;
use tokio::sync::watch;
use tokio::time::Instant;

use super::admission::BEARER;
use super::explorer::Explorer;
use super::negotiate::{Media, Wanted, is_json, wanted};
use super::refusal::Refusal;
use super::request::{self, Parameters};
use super::tag::{self, Tags};
use super::{Options, ViewSource, answer, catch_up, events, socket};
use crate::access::{Caller, Door, KeyScope};
use crate::engine::Engine;
use crate::error::ErrorCode;
use crate::kept::Kept;
use crate::known::{Asked, Known};
use crate::live::{Feed, Gate, History, Hub, Listening, RebuildFeed};
use crate::metrics::Metrics;
use crate::outcome::Outcome;
use crate::prepared::Prepared;
use crate::schema::{self, Executor, Moment, Opened, Opening, Tune};
use crate::shelf::Words;
use crate::spans::Operated;
use crate::trace::TraceIds;

/// Methods of `/graphql`.
const METHODS: &str = "GET, HEAD, POST";

/// Everything that requests share.
pub(crate) struct Service {
    pub(crate) engine: Arc<Engine>,
    pub(crate) hub: Arc<Hub>,
    pub(crate) gate: Gate,
    pub(crate) door: Door,
    pub(crate) published: watch::Sender<()>,
    pub(crate) kept: Kept,
    pub(crate) known: Known,
    pub(crate) options: Options,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) tags: Tags,
    pub(crate) traces: TraceIds,
    explorer: Explorer,
}

impl Service {
    /// The trace id of a request with these headers.
    pub(crate) fn trace(&self, headers: &HeaderMap) -> String {
        self.traces.of(headers)
    }

    pub(crate) fn new(
        views: Arc<dyn ViewSource>,
        history: Arc<dyn History>,
        commands: Executor,
        options: Options,
    ) -> Self {
        let metrics = Arc::new(Metrics::new());
        let sdl = schema::sdl();
        let engine =
            Engine::new((views, commands), &sdl, options.limits.clone(), Arc::clone(&metrics));
        let engine = Arc::new(engine);
        Self {
            tags: Tags::new(&options.edition, &sdl),
            metrics,
            hub: Hub::new(Arc::clone(&engine), history, options.live.clone()),
            engine,
            gate: Gate::new(options.live.streams),
            published: watch::Sender::new(()),
            kept: Kept::new(options.kept_bytes),
            known: Known::new(),
            door: Door::new(
                options.keys.clone(),
                options.reading_is_open,
                options.proxies.clone(),
                &options.rates,
            ),
            explorer: Explorer::new(),
            traces: TraceIds::new(options.instance),
            options,
        }
    }
}

/// `/graphql`
pub(crate) async fn graphql(
    State(service): State<Arc<Service>>,
    request: Request<Body>,
) -> Response<Body> {
    let trace = service.trace(request.headers());
    if socket::is_wanted(request.headers()) {
        return answer::finish(Box::pin(socket::open(&service, request, &trace)).await, &trace);
    }
    let wanted = wanted(request.headers());
    let media = match wanted {
        Wanted::Answer(media) => media,
        Wanted::Page => Media::Json,
        Wanted::Events | Wanted::Nothing => Media::GraphqlResponse,
    };
    let response = match (request.method(), wanted) {
        (_, Wanted::Nothing) => {
            let message = "wanted `application/graphql-response+json`, `application/json` or \
                           `text/event-stream`";
            let refusal = Refusal::new(ErrorCode::NotAcceptable, message);
            answer::refused(&refusal, Media::Json, &trace)
        }
        (&Method::GET | &Method::HEAD, Wanted::Page) => service.explorer.page(),
        (&Method::GET | &Method::HEAD | &Method::POST, _) => {
            answered(&service, request, wanted, &trace)
                .await
                .unwrap_or_else(|refusal| answer::refused(&refusal, media, &trace))
        }
        (other, _) => {
            let refusal = Refusal::method(format!("`{other}` is not for this address"), METHODS);
            answer::refused(&refusal, media, &trace)
        }
    };
    answer::finish(response, &trace)
}

/// `/`: leads to the page for people.
pub(crate) async fn root(
    State(service): State<Arc<Service>>,
    request: Request<Body>,
) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::TEMPORARY_REDIRECT;
    response.headers_mut().insert(header::LOCATION, HeaderValue::from_static("/graphql"));
    answer::finish(response, &service.trace(request.headers()))
}

/// Everywhere else.
pub(crate) async fn nothing(
    State(service): State<Arc<Service>>,
    request: Request<Body>,
) -> Response<Body> {
    let trace = service.trace(request.headers());
    let refusal = Refusal::new(ErrorCode::NotFound, "there is nothing at this address");
    answer::finish(answer::refused(&refusal, Media::Json, &trace), &trace)
}

/// Answers a GraphQL request within the deadline. A panic in a resolver ends the request and nothing else.
async fn answered(
    service: &Arc<Service>,
    request: Request<Body>,
    wanted: Wanted,
    trace: &str,
) -> Result<Response<Body>, Refusal> {
    service.in_time(handle(service, request, wanted, trace), trace).await?
}

impl Service {
    /// What `work` gives within the deadline of a request, and without a panic.
    pub(crate) async fn in_time<T>(
        &self,
        work: impl Future<Output = T>,
        trace: &str,
    ) -> Result<T, Refusal> {
        let work = AssertUnwindSafe(work).catch_unwind();
        match tokio::time::timeout(self.options.deadline, work).await {
            Ok(Ok(result)) => Ok(result),
            Ok(Err(_)) => {
                tracing::error!(trace, "a request panicked");
                Err(Refusal::new(ErrorCode::Internal, "the service failed"))
            }
            Err(_) => {
                let seconds = self.options.deadline.as_secs();
                let message = format!("the request took longer than {seconds} s");
                Err(Refusal::new(ErrorCode::DeadlineExceeded, message))
            }
        }
    }

    /// Finds out what the subscription `prepared` means, and opens its feed behind `resume`, where there is that.
    pub(crate) async fn subscribe(
        &self,
        prepared: &Arc<Prepared>,
        resume: Option<String>,
        trace: &str,
    ) -> Result<Listening, Outcome> {
        let replay_events = self.options.live.replay_events;
        let opening = Arc::new(Opening { resume, replay_events, ..Opening::default() });
        let tune = Tune::Opening(Arc::clone(&opening));
        let refused = self.engine.tell(prepared, self.engine.moment(), tune, trace).await;
        if let Some(refused) = refused {
            return Err(Outcome { data: None, ..refused });
        }
        let Some(opened) = opening.found.get() else {
            let message = "the only field of the subscription is left out";
            let refusal = Refusal::new(ErrorCode::ValidationFailed, message);
            return Err(Outcome { errors: vec![refusal.error(trace)], data: None, position: None });
        };
        Ok(match opened {
            Opened::Changes(listened) => {
                let feed = Feed::open(&self.hub, prepared, listened, trace.to_owned());
                Listening::Changes(Box::new(feed))
            }
            Opened::Rebuilds => {
                Listening::Rebuilds(Box::new(RebuildFeed::open(&self.engine, prepared, trace)))
            }
        })
    }
}

async fn handle(
    service: &Arc<Service>,
    request: Request<Body>,
    wanted: Wanted,
    trace: &str,
) -> Result<Response<Body>, Refusal> {
    let caller = service.admit(request.headers(), request.extensions(), BEARER)?;
    service.catch_up(catch_up::in_headers(request.headers())?).await?;
    let is_get = request.method() != Method::POST;
    if is_get && matches!(wanted, Wanted::Answer(_)) {
        service.allow(&caller, OperationType::Query)?;
        let tag = service.tags.at(&service.engine.moment());
        // The client has what it asks for, so it was good when it came; the document need not be read again.
        if tag::is_named(request.headers(), &tag) {
            return Ok(tag::unchanged(&tag));
        }
    }
    let resume = events::last_id(request.headers());
    let words = words(service, &caller, request).await?;
    if let Some(answer) = kept(service, &caller, wanted, &words) {
        return Ok(answer);
    }
    // On the heap, so that requests that end before this do not carry its space along.
    Box::pin(anew(service, (caller, wanted, words), resume, trace)).await
}

/// The answer to `words`, worked out.
async fn anew(
    service: &Arc<Service>,
    (caller, wanted, words): (Caller, Wanted, Words),
    resume: Option<String>,
    trace: &str,
) -> Result<Response<Body>, Refusal> {
    let is_get = words.is_get;
    let Asked { prepared, after } = service.known.get(&words, || read(service, &words))?;
    service.allow(&caller, prepared.kind())?;
    service.catch_up(after).await?;
    match prepared.kind() {
        OperationType::Mutation if is_get => {
            let message = "GET is for queries and subscriptions only; send the rest with POST";
            Err(Refusal::method(message, "POST"))
        }
        OperationType::Subscription if wanted != Wanted::Events => {
            let message = "subscriptions are served as `text/event-stream`, or over WebSocket";
            Err(Refusal::new(ErrorCode::ValidationFailed, message))
        }
        OperationType::Subscription => {
            let watch = service.door.watch(caller);
            events::listen(service, &prepared, resume, watch, trace).await
        }
        OperationType::Query | OperationType::Mutation => {
            Ok(executed(service, &prepared, (caller, wanted, words), trace).await)
        }
    }
}

/// Finds out what `words` ask.
fn read(service: &Service, words: &Words) -> Result<Asked, Refusal> {
    let (limits, documents) = (service.engine.limits(), &service.options.documents);
    let parameters = Parameters::of_words(words, limits, documents)?;
    let after = parameters.after;
    Ok(Asked { prepared: Arc::new(service.engine.prepare(parameters)?), after })
}

/// What the request asks, in its words.
async fn words(
    service: &Service,
    caller: &Caller,
    request: Request<Body>,
) -> Result<Words, Refusal> {
    let limits = service.engine.limits();
    if request.method() != Method::POST {
        let text = request.uri().query().unwrap_or_default();
        return Ok(Words { is_get: true, text: Bytes::copy_from_slice(text.as_bytes()) });
    }
    if !is_json(request.headers()) {
        let message = "the body of the request must be `application/json` in UTF-8";
        return Err(Refusal::new(ErrorCode::UnsupportedMediaType, message));
    }
    let may_ingest = caller.may(KeyScope::Ingest).is_ok();
    let max = if may_ingest { limits.ingest_body_bytes } else { limits.body_bytes };
    let text = request::body(request.into_body(), max).await?;
    Ok(Words { is_get: false, text })
}

/// The answer that somebody else got to the same words at this moment, for a caller who may read.
fn kept(
    service: &Service,
    caller: &Caller,
    wanted: Wanted,
    words: &Words,
) -> Option<Response<Body>> {
    let Wanted::Answer(media) = wanted else { return None };
    caller.may(KeyScope::Read).ok()?;
    let moment = service.engine.moment();
    let json = service.kept.get(words, &moment)?;
    service.metrics.kept();
    let answer = answer::told(json, moment.view.position(), media);
    Some(if words.is_get { tag::with(answer, &service.tags.at(&moment)) } else { answer })
}

/// The answer to a query or mutation, with what was operated for it.
async fn executed(
    service: &Service,
    prepared: &Prepared,
    (caller, wanted, words): (Caller, Wanted, Words),
    trace: &str,
) -> Response<Body> {
    let (moment, start) = (service.engine.moment(), Instant::now());
    let outcome = service.engine.execute(prepared, moment.clone(), caller, trace).await;
    let operated = Operated {
        kind: prepared.kind_name(),
        name: prepared.name().map(str::to_owned),
        start,
        took: start.elapsed(),
        has_errors: !outcome.errors.is_empty(),
    };
    let media = match wanted {
        Wanted::Events => None,
        Wanted::Answer(media) => Some(media),
        Wanted::Page | Wanted::Nothing => Some(Media::Json),
    };
    let mut answer = match media {
        None => events::once(&outcome),
        Some(media) => told(service, prepared, &outcome, (media, words, &moment)),
    };
    answer.extensions_mut().insert(operated);
    answer
}

/// `outcome` as one answer, which is kept where others may get it. That to a GET can be asked about again.
fn told(
    service: &Service,
    prepared: &Prepared,
    outcome: &Outcome,
    (media, words, moment): (Media, Words, &Moment),
) -> Response<Body> {
    if prepared.kind() != OperationType::Query || !outcome.errors.is_empty() {
        return answer::executed(outcome, media);
    }
    let (json, is_get) = (outcome.to_json(), words.is_get);
    service.kept.put(words, moment, json.clone());
    let answer = answer::told(json, outcome.position, media);
    if is_get { tag::with(answer, &service.tags.at(moment)) } else { answer }
}
