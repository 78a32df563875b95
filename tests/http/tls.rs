//! The server behind its own certificate.

use crate::server::Server;
use rcgen::generate_simple_self_signed;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// A certificate for this machine with its key, written to two files.
fn certificate(folder: &Path) -> CertificateDer<'static> {
    let made = generate_simple_self_signed(vec!["localhost".to_string()]).expect("a certificate");
    // As renewals do it: each file is put in place whole.
    for (name, text) in [("cert.pem", made.cert.pem()), ("key.pem", made.signing_key.serialize_pem())] {
        std::fs::write(folder.join("new"), text).expect("a file");
        std::fs::rename(folder.join("new"), folder.join(name)).expect("in place");
    }
    made.cert.der().clone()
}

/// The answer to a request over TLS by somebody who trusts one certificate.
fn ask(address: &str, trusted: &CertificateDer<'static>, request: &str) -> std::io::Result<String> {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.clone()).expect("a certificate");
    let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("localhost").expect("a name");
    let connection = ClientConnection::new(Arc::new(config), name).expect("a connection");
    let stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    let mut stream = StreamOwned::new(connection, stream);
    stream.write_all(request.as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

#[test]
fn a_server_with_a_certificate_speaks_tls_alone_and_takes_a_renewed_one() {
    let [data, files] = [(); 2].map(|()| tempfile::tempdir().expect("a folder"));
    let first = certificate(files.path());
    let [cert, key] = ["cert.pem", "key.pem"].map(|name| files.path().join(name).display().to_string());
    let server = Server::start(data.path(), &["--tls-cert", &cert, "--tls-key", &key]);
    // Handshakes that never come keep nobody out.
    let _silent: Vec<TcpStream> = (0..20).map(|_| server.connect()).collect();
    let get = |path: &str| format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    let answer = ask(&server.address, &first, &get("/api/v1/search?q=渡口")).unwrap_or_default();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.to_lowercase().contains("strict-transport-security: max-age=31536000"), "{answer}");
    let mut plain = server.connect();
    plain.set_read_timeout(Some(Duration::from_secs(20))).expect("a limit");
    plain.write_all(get("/healthz").as_bytes()).expect("bytes");
    let mut answer = Vec::new();
    let _ = plain.read_to_end(&mut answer);
    assert!(!String::from_utf8_lossy(&answer).contains("HTTP/1.1"), "it spoke without encryption");
    // A file that is none leaves the old certificate in use.
    std::fs::write(&key, "half of a key").expect("a file");
    assert!(server.wait_for("certificate not renewed"));
    assert!(ask(&server.address, &first, &get("/healthz")).is_ok());
    let second = certificate(files.path());
    assert!(server.wait_for("certificate renewed"), "{}", server.log());
    assert!(ask(&server.address, &second, &get("/healthz")).expect("an answer").starts_with("HTTP/1.1 200"));
    assert!(ask(&server.address, &first, &get("/healthz")).is_err(), "the old certificate is still shown");
}
