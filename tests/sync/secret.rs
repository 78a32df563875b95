//! A node behind TLS, as a web server of the city would put it: its certificate is proved, by the name that was asked for.

use crate::node::{Node, counts};
use crate::server::Server;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use serde_json::json;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn certificates(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sync/certificates").join(name)
}

/// Answers over TLS what the server answers; the port.
fn secret(server: &Server) -> u16 {
    let chain = vec![CertificateDer::from_pem_file(certificates("node.pem")).expect("a certificate")];
    let key = PrivateKeyDer::from_pem_file(certificates("node.key")).expect("a key");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().expect("versions");
    let config = Arc::new(config.with_no_client_auth().with_single_cert(chain, key).expect("they belong together"));
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    let to = server.address.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let connection = ServerConnection::new(config.clone()).expect("a connection");
            // A client that does not trust us goes away.
            let _ = answered(StreamOwned::new(connection, stream), &to);
        }
    });
    port
}

fn answered(mut client: StreamOwned<ServerConnection, TcpStream>, to: &str) -> std::io::Result<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        client.read_exact(&mut byte)?;
        head.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&head).replacen("\r\n", "\r\nConnection: close\r\n", 1);
    let mut upstream = TcpStream::connect(to)?;
    upstream.write_all(head.as_bytes())?;
    let mut answer = Vec::new();
    upstream.read_to_end(&mut answer)?;
    client.write_all(&answer)?;
    client.conn.send_close_notify();
    client.flush()
}

#[test]
fn an_internal_authority_is_named_and_nobody_else_is_trusted() {
    let (city, county) = (Node::with("city", &["甲渡口办法"]), Node::new("county"));
    let server = city.serve(&[]);
    let port = secret(&server);
    let url = format!("https://localhost:{port}");
    let sync =
        |url: &str, more: &[&str]| county.json(&[&["sync", url, "--accept", "city", "--idle", "5"], more].concat());
    let ca = |name: &str| certificates(name).display().to_string();
    // Signed by nobody the system knows; by somebody else; for another name.
    let elsewhere = format!("https://127.0.0.1:{port}");
    let (stranger, authority) = (ca("stranger.pem"), ca("authority.pem"));
    for (url, more) in [(&url, vec!["--ca", &stranger]), (&elsewhere, vec!["--ca", &authority])] {
        let (problem, status) = sync(url, &more);
        assert_eq!((status, &problem["code"]), (2, &json!("forbidden")), "{problem}");
    }
    assert!(county.journal().is_empty());
    // Whether the system has certificates or not, it does not have this one.
    assert_eq!(sync(&url, &[]).1, 2);
    let (problem, status) = sync(&url, &["--ca", &ca("node.key")]);
    assert_eq!((status, &problem["code"]), (2, &json!("invalid_parameter")), "{problem}");
    let (report, status) = sync(&url, &["--ca", &authority]);
    assert_eq!((counts(&report), status), ([1, 1, 0, 0], 0), "{report}");
    assert_eq!(county.journal(), city.journal());
}
