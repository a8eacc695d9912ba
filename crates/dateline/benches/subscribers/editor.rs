//! Who appends: mutations over one connection that stays open.

use std::net::SocketAddr;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::listener::News;
use crate::world;

/// Appends, and tells what its subscribers are to hear.
pub(crate) struct Editor {
    connection: TcpStream,
    key: String,
    appended: usize,
}

impl Editor {
    pub(crate) async fn new(address: SocketAddr, key: String) -> Self {
        let connection = TcpStream::connect(address).await.expect("the server listens");
        connection.set_nodelay(true).expect("a socket of ours");
        Self { connection, key, appended: 0 }
    }

    /// Appends a story that names so many `officials`.
    pub(crate) async fn story(&mut self, officials: usize) -> News {
        self.appended += 1;
        // Far apart, so that every part of the registry has its turn.
        let names = (0..officials).map(|it| world::name((self.appended * 37 + it * 41) % 1_000));
        let title = format!("Bridge number {} opens", self.appended);
        let said = |it: String| format!("On Monday {it} came to the opening of the bridge.");
        let body = names.map(said).collect::<Vec<_>>().join("\n\n");
        let input = json!({ "source": "bench", "title": title, "body": body, "language": "en",
                            "published": "2024-06-03T08:00:00Z" });
        self.change("reportStory", "ReportStoryInput", &input).await;
        News::Story { title }
    }

    /// Appends an official whom no story names, after which any timeline may read otherwise.
    pub(crate) async fn official(&mut self) -> News {
        self.appended += 1;
        let (id, name) =
            (format!("p-new-{}", self.appended), format!("Zyra Quell{}", self.appended));
        let input = json!({ "official": { "registryId": id, "name": name, "otherNames": [] } });
        self.change("recordOfficial", "RecordOfficialInput", &input).await;
        News::Reread
    }

    async fn change(&mut self, field: &str, ty: &str, input: &Value) {
        let query = format!(
            "mutation M($input: {ty}!) {{ {field}(input: $input) {{ appended problem {{ message }} }} }}"
        );
        let body = json!({ "query": query, "variables": { "input": input } }).to_string();
        let head = "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n";
        let request = format!(
            "{head}authorization: Bearer {}\r\ncontent-length: {}\r\n\r\n{body}",
            self.key,
            body.len()
        );
        self.connection.write_all(request.as_bytes()).await.expect("the server reads");
        let answer = self.answer().await;
        let appended = answer.pointer(&format!("/data/{field}/appended"));
        assert_eq!(appended, Some(&json!(1)), "{answer}");
    }

    async fn answer(&mut self) -> Value {
        let mut bytes = Vec::new();
        loop {
            let read = self.connection.read_buf(&mut bytes).await.expect("the server answers");
            assert!(read > 0, "the server ended the connection");
            let text = String::from_utf8_lossy(&bytes);
            let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
            let length = head.lines().find_map(|it| it.strip_prefix("content-length: "));
            if length.and_then(|it| it.parse().ok()) == Some(body.len()) {
                return serde_json::from_str(body).expect("an answer is JSON");
            }
        }
    }
}
