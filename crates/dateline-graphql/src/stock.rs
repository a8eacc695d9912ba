//! The schema behind the handler that async-graphql brings, for the benchmark that compares ours with it. It has none of
//! the service's guards, so nothing else may serve it.

use std::sync::Arc;

use async_graphql::{
    BatchRequest, BatchResponse, Data, Executor, Request, Response, ValidationMode,
};
use futures_util::stream::BoxStream;

use crate::access::{Caller, Door, RateLimits};
use crate::http::ViewSource;
use crate::schema::{self, Moment, Schema};

/// The schema over views, as async-graphql's own handlers want it.
#[doc(hidden)]
#[derive(Clone)]
pub struct Stock {
    schema: Schema,
    views: Arc<dyn ViewSource>,
    nobody: Caller,
}

impl Stock {
    /// The schema over `views`, without keys.
    pub fn new(views: impl ViewSource) -> Self {
        let door = Door::new(Vec::new(), true, Vec::new(), &RateLimits::default());
        Self {
            schema: schema::build(ValidationMode::Strict),
            views: Arc::new(views),
            nobody: door.nobody(),
        }
    }

    fn with_data(&self, request: Request) -> Request {
        let views = Arc::clone(&self.views);
        let moment = Moment { view: views.current(), head: views.head(), views };
        request.data(moment).data(self.nobody.clone())
    }
}

impl Executor for Stock {
    async fn execute(&self, request: Request) -> Response {
        self.schema.execute(self.with_data(request)).await
    }

    fn execute_stream(
        &self,
        request: Request,
        _: Option<Arc<Data>>,
    ) -> BoxStream<'static, Response> {
        Box::pin(self.schema.execute_stream(self.with_data(request)))
    }

    async fn execute_batch(&self, batch: BatchRequest) -> BatchResponse {
        match batch {
            BatchRequest::Single(request) => BatchResponse::Single(self.execute(request).await),
            BatchRequest::Batch(requests) => {
                let mut responses = Vec::with_capacity(requests.len());
                for request in requests {
                    responses.push(self.execute(request).await);
                }
                BatchResponse::Batch(responses)
            }
        }
    }
}
