//! A node behind TLS, as a web server of the city would put it: its certificate is proved, by the name that was asked for.

use crate::node::{Node, counts};
use crate::server::Server;
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use serde_json::json;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;

/// An authority, made for this run, and one that signed nothing; what the first signed for `localhost`, with its key.
struct Certificates {
    authority: String,
    stranger: String,
    node: Vec<u8>,
    key: Vec<u8>,
}

fn authority(name: &str) -> (String, Issuer<'static, KeyPair>) {
    let mut params = CertificateParams::new(Vec::<String>::new()).expect("no names");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.distinguished_name.push(DnType::CommonName, name);
    let key = KeyPair::generate().expect("a key");
    let own = params.self_signed(&key).expect("a certificate");
    (own.pem(), Issuer::new(params, key))
}

fn certificates() -> Certificates {
    let ((authority, issuer), (stranger, _)) = (authority("authority"), authority("stranger"));
    let key = KeyPair::generate().expect("a key");
    let params = CertificateParams::new(vec!["localhost".to_string()]).expect("a name");
    let node = params.signed_by(&key, &issuer).expect("a certificate");
    Certificates { authority, stranger, node: node.der().to_vec(), key: key.serialize_der() }
}

/// A file of the folder, written.
fn file(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, text).expect("a file");
    path.display().to_string()
}

/// Answers over TLS what the server answers; the port.
fn secret(server: &Server, made: &Certificates) -> u16 {
    let chain = vec![CertificateDer::from(made.node.clone())];
    let key = PrivateKeyDer::try_from(made.key.clone()).expect("a key");
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
    let (made, folder) = (certificates(), tempfile::tempdir().expect("a folder"));
    let port = secret(&server, &made);
    let url = format!("https://localhost:{port}");
    let sync =
        |url: &str, more: &[&str]| county.json(&[&["sync", url, "--accept", "city", "--idle", "5"], more].concat());
    // Signed by nobody the system knows; by somebody else; for another name.
    let elsewhere = format!("https://127.0.0.1:{port}");
    let stranger = file(folder.path(), "stranger.pem", &made.stranger);
    let authority = file(folder.path(), "authority.pem", &made.authority);
    for (url, more) in [(&url, vec!["--ca", &stranger]), (&elsewhere, vec!["--ca", &authority])] {
        let (problem, status) = sync(url, &more);
        assert_eq!((status, &problem["code"]), (2, &json!("forbidden")), "{problem}");
    }
    assert!(county.journal().is_empty());
    // Whether the system has certificates or not, it does not have this one.
    assert_eq!(sync(&url, &[]).1, 2);
    let (problem, status) = sync(&url, &["--ca", &file(folder.path(), "none.pem", "没有证书")]);
    assert_eq!((status, &problem["code"]), (2, &json!("invalid_parameter")), "{problem}");
    let (report, status) = sync(&url, &["--ca", &authority]);
    assert_eq!((counts(&report), status), ([1, 1, 0, 0], 0), "{report}");
    assert_eq!(county.journal(), city.journal());
}
