//! Traces of requests on their way to a collector, by OpenTelemetry's protocol (OTLP over HTTP, protobuf).

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use async_trait::async_trait;
use dateline_graphql::{Attribute, Span, SpanKind, SpanSink};
use opentelemetry::trace::{
    SpanContext, SpanId, SpanKind as OtelKind, Status, TraceFlags, TraceId, TraceState,
};
use opentelemetry::{InstrumentationScope, KeyValue};
use opentelemetry_http::hyper::HyperClient;
use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response};
use opentelemetry_otlp::{SpanExporter, WithExportConfig as _, WithHttpConfig as _};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{
    BatchSpanProcessor, SpanData, SpanEvents, SpanLinks, SpanProcessor as _,
};
use tokio::runtime::Handle;

use crate::exit::Failure;

/// Where collectors take traces, below their address (OTLP specification).
const PATH: &str = "/v1/traces";

/// Longest time for one batch, and for the last one at the end.
const PATIENCE: Duration = Duration::from_secs(5);

/// Sends spans in batches from a thread of its own. What does not fit its queue, or finds no collector, is dropped and
/// told in a log line: traces never hold up an answer.
#[derive(Debug)]
pub(crate) struct Collector {
    batches: BatchSpanProcessor,
    scope: InstrumentationScope,
}

impl Collector {
    /// A sender to the collector at `address`, which talks on `runtime`.
    pub(crate) fn at(address: &str, runtime: Handle) -> Result<Self, Failure> {
        let client = Arc::new(HyperClient::with_default_connector(PATIENCE, None));
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(OnRuntime { client, runtime })
            .with_endpoint(format!("{}{PATH}", address.trim_end_matches('/')))
            .with_timeout(PATIENCE)
            .build()?;
        let mut batches = BatchSpanProcessor::builder(exporter).build();
        let version = KeyValue::new("service.version", env!("CARGO_PKG_VERSION"));
        let resource = Resource::builder().with_service_name("dateline").with_attribute(version);
        batches.set_resource(&resource.build());
        Ok(Self { batches, scope: InstrumentationScope::builder("dateline").build() })
    }

    /// Sends what waits. It blocks.
    pub(crate) fn end(&self) {
        if let Err(why) = self.batches.shutdown_with_timeout(PATIENCE) {
            tracing::warn!(%why, "the last traces did not reach the collector");
        }
    }
}

impl SpanSink for Collector {
    fn ended(&self, span: Span) {
        let context = SpanContext::new(
            TraceId::from(span.trace),
            SpanId::from(span.id),
            TraceFlags::SAMPLED,
            false,
            TraceState::NONE,
        );
        let start = SystemTime::from(span.start);
        self.batches.on_end(SpanData {
            span_context: context,
            parent_span_id: span.parent.map_or(SpanId::INVALID, SpanId::from),
            parent_span_is_remote: span.kind == SpanKind::Server,
            span_kind: match span.kind {
                SpanKind::Server => OtelKind::Server,
                SpanKind::Internal => OtelKind::Internal,
            },
            name: span.name.into(),
            start_time: start,
            end_time: start + span.took,
            attributes: span.attributes.into_iter().map(attribute).collect(),
            dropped_attributes_count: 0,
            events: SpanEvents::default(),
            links: SpanLinks::default(),
            status: if span.is_failed { Status::error("") } else { Status::Unset },
            instrumentation_scope: self.scope.clone(),
        });
    }
}

fn attribute((name, value): (&'static str, Attribute)) -> KeyValue {
    match value {
        Attribute::Text(text) => KeyValue::new(name, text),
        Attribute::Number(number) => KeyValue::new(name, i64::from(number)),
    }
}

/// A client whose requests run on a runtime, though the thread that waits for them has none.
#[derive(Debug)]
struct OnRuntime {
    client: Arc<HyperClient>,
    runtime: Handle,
}

#[async_trait]
impl HttpClient for OnRuntime {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let client = Arc::clone(&self.client);
        self.runtime.spawn(async move { client.send_bytes(request).await }).await?
    }
}
