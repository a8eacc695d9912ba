//! `dateline serve`: answers GraphQL over HTTP until Ctrl-C or SIGTERM.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use dateline_graphql::{Api, Options, ServeLimits, SpanSink, serve};
use dateline_projector::{FollowError, Views};
use tokio::net::TcpListener;
use tokio::runtime::Handle;
use tokio::signal::unix::{SignalKind, signal};

use super::Outcome;
use crate::cli::ServeArgs;
use crate::config::Config;
use crate::editing::Editing;
use crate::exit::{Exit, Failure};
use crate::history::LogHistory;
use crate::key_file::ServedKeys;
use crate::output::{print, tell};
use crate::served::Served;
use crate::traces::Collector;
use crate::{clock, control, follow, store, views, words_index};

/// Serves the views of the log until told to stop. The log stays open, so nobody else can change it meanwhile.
pub(crate) fn run(args: &ServeArgs, data: &Path) -> Outcome {
    let config = Config::read(&args.settings, &args.file, data)?;
    let options = config.apply(options())?;
    let log = Arc::new(store::open(data)?);
    let keys = Arc::new(ServedKeys::of(data));
    let _control = control::listen(data, &log, &keys);
    let mut projector = views::saved_projector(data, log.clone());
    // An event that cannot be taken in is told by the projector, and what stands before it is served.
    match projector.catch_up() {
        Ok(_) | Err(FollowError::Fold(_)) => {}
        Err(why) => return Err(views::stopped(why)),
    }
    let views = projector.views();
    let following = follow::follow(projector, log.clone(), data);
    let words = words_index::served(data, log.clone());
    let _follows = words.clone().map(|it| words_index::follow(it, &views));
    let rebuilds = following.rebuilds();
    let served = Served { views: views.clone(), log: Arc::clone(&log), rebuilds, words };
    on_runtime(async {
        let listener = listen(config.listen()?).await?;
        let collector = config.collector().map(|it| Collector::at(it, Handle::current()));
        let collector = collector.transpose()?.map(Arc::new);
        let spans = collector.clone().map(|it| -> Arc<dyn SpanSink> { it });
        let options = Options { spans, ..options };
        let editing = Editing::of(Arc::clone(&log), views.clone(), following.rebuilder());
        let api = Api::with_commands(served, LogHistory(log), editing, options);
        keys.serve(&api)?;
        let stopped = until_stopped(listener, api, &views, config.serve_limits()).await;
        if let Some(collector) = collector {
            tokio::task::spawn_blocking(move || collector.end()).await?;
        }
        stopped
    })
}

/// Runs `work` to its end on a runtime of all cores.
pub(crate) fn on_runtime(work: impl Future<Output = Outcome>) -> Outcome {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(work)
}

/// Takes the address to listen on.
pub(crate) async fn listen(address: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).await.map_err(|why| {
        Failure::message(Exit::Listen, format_args!("cannot listen on {address}: {why}"))
    })
}

/// Says which addresses to open.
fn announce(listener: &TcpListener) -> Result<(), Failure> {
    let address = listener.local_addr()?;
    print(format_args!(
        "GraphQL  http://{address}/graphql  (open it in a browser, or POST a query)"
    ))?;
    print(format_args!(
        "feeds    http://{address}/feeds/official/{{id}}.atom  (or /feeds/topic/{{slug}}; .json .ics .csv .timeline.json)"
    ))?;
    print(format_args!(
        "health   http://{address}/healthz  (also /readyz, and /metrics for Prometheus)"
    ))?;
    tell("Ctrl-C stops it.");
    Ok(())
}

/// What the program decides about every service.
pub(crate) fn options() -> Options {
    Options {
        clock: clock::now,
        edition: edition(),
        instance: clock::instance(),
        ..Options::default()
    }
}

/// Says where it listens, and serves `api`, whose views are `views`, until Ctrl-C or SIGTERM.
pub(crate) async fn until_stopped(
    listener: TcpListener,
    api: Api,
    views: &Views,
    limits: ServeLimits,
) -> Outcome {
    // Whoever reads the address may send a signal at once, so the signals are taken before it is said.
    let stop = stop_signal()?;
    announce(&listener)?;
    let live = api.clone();
    views.on_publish(Box::new(move |_| live.published()));
    // What was published before the hook was there.
    api.published();
    serve(listener, api, stop, limits).await?;
    tell("stopped");
    Ok(Exit::Done)
}

/// The versions of all that makes views and answers.
fn edition() -> String {
    let (program, projector) = (env!("CARGO_PKG_VERSION"), dateline_projector::VERSION);
    format!("{program}/{projector}/{}", dateline_annotate::VERSION)
}

/// Done at the first Ctrl-C or SIGTERM. Both are taken before this returns, so that none is missed.
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}
