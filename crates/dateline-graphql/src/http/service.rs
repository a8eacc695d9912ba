//! The way of one request: method, media type, body, guard, execution, answer.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use async_graphql::parser::types::OperationType;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, Method, Request, Response, StatusCode, header};
use futures_util::FutureExt as _;

use super::answer::{self, Executed};
use super::explorer::Explorer;
use super::health;
use super::negotiate::{Media, Wanted, is_json, wanted};
use super::refusal::Refusal;
use super::request::{self, Parameters};
use super::{Options, ViewSource};
use crate::error::{ErrorCode, seal};
use crate::guard::{self, Shape, Weigher};
use crate::schema::{self, Moment, Schema};
use crate::trace::TraceIds;

/// Most errors of one answer; the first ones are kept.
const MAX_ERRORS: usize = 20;

/// Methods of `/graphql`.
const METHODS: &str = "GET, HEAD, POST";

/// Everything that requests share.
pub(crate) struct Service {
    views: Arc<dyn ViewSource>,
    schema: Schema,
    shape: Shape,
    explorer: Explorer,
    options: Options,
    traces: TraceIds,
}

impl Service {
    pub(crate) fn new(views: Arc<dyn ViewSource>, options: Options) -> Self {
        Self {
            views,
            schema: schema::build(),
            shape: Shape::of_sdl(&schema::sdl()),
            explorer: Explorer::new(),
            traces: TraceIds::new(options.instance),
            options,
        }
    }

    fn moment(&self) -> Moment {
        // The head is read first: seen after the view, it would count events as lag that came in between.
        let head = self.views.head();
        Moment { view: self.views.current(), head }
    }
}

/// `/graphql`
pub(crate) async fn graphql(
    State(service): State<Arc<Service>>,
    request: Request<Body>,
) -> Response<Body> {
    let trace = service.traces.of(request.headers());
    let (page, media) = match wanted(request.headers()) {
        Wanted::Page => (true, Media::Json),
        Wanted::Answer(media) => (false, media),
        Wanted::Nothing => {
            let message = "wanted `application/graphql-response+json` or `application/json`";
            let refusal = Refusal::new(ErrorCode::NotAcceptable, message);
            return answer::finish(answer::refused(&refusal, Media::Json, &trace), &trace);
        }
    };
    let response = match *request.method() {
        Method::GET | Method::HEAD if page => service.explorer.page(),
        Method::GET | Method::HEAD | Method::POST => {
            answered(&service, request, media, &trace).await
        }
        ref other => {
            let refusal = Refusal::method(format!("`{other}` is not for this address"), METHODS);
            answer::refused(&refusal, media, &trace)
        }
    };
    answer::finish(response, &trace)
}

/// `/healthz`
pub(crate) async fn health(
    State(service): State<Arc<Service>>,
    request: Request<Body>,
) -> Response<Body> {
    let trace = service.traces.of(request.headers());
    let response = if matches!(*request.method(), Method::GET | Method::HEAD) {
        health::health(&service.moment(), service.views.failure().as_deref())
    } else {
        let refusal = Refusal::method("a health check is asked for with GET", "GET, HEAD");
        answer::refused(&refusal, Media::Json, &trace)
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
    answer::finish(response, &service.traces.of(request.headers()))
}

/// Everywhere else.
pub(crate) async fn nothing(
    State(service): State<Arc<Service>>,
    request: Request<Body>,
) -> Response<Body> {
    let trace = service.traces.of(request.headers());
    let refusal = Refusal::new(ErrorCode::NotFound, "there is nothing at this address");
    answer::finish(answer::refused(&refusal, Media::Json, &trace), &trace)
}

/// Answers a GraphQL request within the deadline. A panic in a resolver ends the request and nothing else.
async fn answered(
    service: &Service,
    request: Request<Body>,
    media: Media,
    trace: &str,
) -> Response<Body> {
    let work = AssertUnwindSafe(handle(service, request, media, trace)).catch_unwind();
    let result = match tokio::time::timeout(service.options.deadline, work).await {
        Ok(Ok(result)) => result,
        Ok(Err(_)) => {
            tracing::error!(trace, "a request panicked");
            Err(Refusal::new(ErrorCode::Internal, "the service failed"))
        }
        Err(_) => {
            let seconds = service.options.deadline.as_secs();
            let message = format!("the request took longer than {seconds} s");
            Err(Refusal::new(ErrorCode::DeadlineExceeded, message))
        }
    };
    match result {
        Ok(executed) => executed.into_response(),
        Err(refusal) => answer::refused(&refusal, media, trace),
    }
}

async fn handle(
    service: &Service,
    request: Request<Body>,
    media: Media,
    trace: &str,
) -> Result<Executed, Refusal> {
    let limits = &service.options.limits;
    let method = request.method().clone();
    let parameters = if method == Method::POST {
        if !is_json(request.headers()) {
            let message = "the body of the request must be `application/json` in UTF-8";
            return Err(Refusal::new(ErrorCode::UnsupportedMediaType, message));
        }
        let body = request::body(request.into_body(), limits.body_bytes).await?;
        Parameters::of_body(&body, limits)?
    } else {
        Parameters::of_query_string(request.uri().query().unwrap_or_default(), limits)?
    };
    let (prepared, operation) = prepare(service, parameters)?;
    if method != Method::POST && operation != OperationType::Query {
        return Err(Refusal::method("GET is for queries only; send the rest with POST", "POST"));
    }
    Ok(execute(service, prepared, media, trace).await)
}

/// Lets the guard read the request, before async-graphql sees any of it.
fn prepare(
    service: &Service,
    parameters: Parameters,
) -> Result<(async_graphql::Request, OperationType), Refusal> {
    let Parameters { query, operation_name, mut variables } = parameters;
    let limits = &service.options.limits;
    let document = guard::read(&query, limits)?;
    let Some(operation) = guard::operation(&document, operation_name.as_deref()) else {
        let message = match operation_name {
            Some(name) => {
                let name = schema::shortened(&name);
                format!("the document has no operation `{name}`")
            }
            None => "the document has several operations, and `operationName` names none".into(),
        };
        return Err(Refusal::new(ErrorCode::ValidationFailed, message));
    };
    let kind = operation.ty;
    guard::fill_defaults(operation, &mut variables);
    if let Some(missing) = guard::missing(operation, &variables) {
        let message = format!("the variable `${missing}` has no value, and its type wants one");
        return Err(Refusal::new(ErrorCode::BadInput, message));
    }
    let weight = Weigher::new(&document, &service.shape, &variables).document()?;
    guard::check(weight, limits)?;
    if kind == OperationType::Subscription {
        let message = "subscriptions are not served here";
        return Err(Refusal::new(ErrorCode::ValidationFailed, message));
    }
    let mut request = async_graphql::Request::new(query).variables(variables);
    request.operation_name = operation_name;
    request.set_parsed_query(document);
    Ok((request, kind))
}

async fn execute(
    service: &Service,
    request: async_graphql::Request,
    media: Media,
    trace: &str,
) -> Executed {
    let moment = service.moment();
    let position = moment.view.position();
    let response = service.schema.execute(request.data(moment)).await;
    let mut errors = response.errors;
    // Some rules of validation say the same twice.
    errors.dedup();
    errors.truncate(MAX_ERRORS);
    // Errors of validation have no path; those of execution have one each.
    let refused = !errors.is_empty() && errors.iter().all(|it| it.path.is_empty());
    for error in &mut errors {
        if let Some(hidden) = seal(error, trace) {
            tracing::error!(trace, message = hidden, "a resolver failed");
        }
    }
    let status = match media {
        Media::GraphqlResponse if refused => StatusCode::BAD_REQUEST,
        Media::GraphqlResponse | Media::Json => StatusCode::OK,
    };
    let data = (!refused).then_some(response.data);
    Executed { status, media, errors, data, position }
}
