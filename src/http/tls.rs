//! TLS of the server itself: a certificate and its key from files, read again when they change, so that renewing them needs no
//! restart. HTTP/1.1 only, TLS 1.2 and 1.3.

use crate::app::{AppError, ErrorCode};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::task::{Context, Poll};
use std::time::SystemTime;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::server::TlsStream;
use tokio_rustls::{Accept, TlsAcceptor};

/// Names of the two files of a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsFiles {
    /// The certificate, and those that lead to one that clients know, in PEM.
    pub certificate: PathBuf,
    /// Its private key in PEM.
    pub key: PathBuf,
}

/// When the two files were changed last, and their lengths.
type Stamp = [Option<(SystemTime, u64)>; 2];

/// The certificate that the server shows.
#[derive(Debug)]
pub struct Certificate {
    files: TlsFiles,
    shown: Arc<Shown>,
    seen: Mutex<Stamp>,
}

/// What a handshake takes at its time.
#[derive(Debug)]
struct Shown(RwLock<Arc<CertifiedKey>>);

impl ResolvesServerCert for Shown {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.0.read().unwrap_or_else(PoisonError::into_inner).clone())
    }
}

fn wrong(path: &Path, why: &str) -> AppError {
    let message = format!("{} 不能用作证书或私钥：{why}；须为 PEM 格式，私钥须与证书相配", path.display());
    AppError::parameter(ErrorCode::InvalidParameter, "tls-cert", message)
}

impl TlsFiles {
    fn read(&self) -> Result<CertifiedKey, AppError> {
        let told = |path: &Path| {
            let path = path.to_path_buf();
            move |error: rustls::pki_types::pem::Error| wrong(&path, &error.to_string())
        };
        let chain = CertificateDer::pem_file_iter(&self.certificate)
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .map_err(told(&self.certificate))?;
        if chain.is_empty() {
            return Err(wrong(&self.certificate, "其中没有证书"));
        }
        let key = PrivateKeyDer::from_pem_file(&self.key).map_err(told(&self.key))?;
        CertifiedKey::from_der(chain, key, &ring::default_provider())
            .map_err(|error| wrong(&self.key, &error.to_string()))
    }

    fn stamp(&self) -> Stamp {
        [&self.certificate, &self.key].map(|path| {
            let seen = std::fs::metadata(path).ok()?;
            Some((seen.modified().ok()?, seen.len()))
        })
    }
}

impl Certificate {
    /// Reads the files.
    ///
    /// # Errors
    /// A file that cannot be read or is no PEM; a key that does not belong to the certificate.
    pub fn read(files: TlsFiles) -> Result<Certificate, AppError> {
        let stamp = files.stamp();
        let shown = Arc::new(Shown(RwLock::new(Arc::new(files.read()?))));
        Ok(Certificate { files, shown, seen: Mutex::new(stamp) })
    }

    /// Reads the files again if they changed; whether they did. What cannot be used leaves the old certificate in use, and is told
    /// once.
    ///
    /// # Errors
    /// As [`Certificate::read`].
    pub fn refresh(&self) -> Result<bool, AppError> {
        let stamp = self.files.stamp();
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if *seen == stamp {
            return Ok(false);
        }
        *seen = stamp;
        let fresh = Arc::new(self.files.read()?);
        *self.shown.0.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        Ok(true)
    }

    /// What answers handshakes.
    ///
    /// # Errors
    /// Never in practice: the versions are those of the library.
    pub fn acceptor(&self) -> Result<TlsAcceptor, AppError> {
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| AppError::new(ErrorCode::Internal, error.to_string()))?;
        let mut config = config.with_no_client_auth().with_cert_resolver(self.shown.clone());
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(TlsAcceptor::from(Arc::new(config)))
    }
}

/// A connection, encrypted or not. The handshake is made by whoever first reads or writes, so that a slow one keeps nobody out.
pub enum Wire {
    /// Not encrypted.
    Plain(TcpStream),
    /// The handshake is under way.
    Shaking(Box<Accept<TcpStream>>),
    /// Encrypted.
    Sealed(Box<TlsStream<TcpStream>>),
}

impl Wire {
    /// A connection that was accepted.
    pub fn of(stream: TcpStream, acceptor: Option<&TlsAcceptor>) -> Wire {
        match acceptor {
            Some(acceptor) => Wire::Shaking(Box::new(acceptor.accept(stream))),
            None => Wire::Plain(stream),
        }
    }

    /// Ready when bytes can be moved.
    fn poll_open(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if let Wire::Shaking(accept) = self {
            match Pin::new(accept.as_mut()).poll(context) {
                Poll::Ready(Ok(stream)) => *self = Wire::Sealed(Box::new(stream)),
                Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
                Poll::Pending => return Poll::Pending,
            }
        }
        Poll::Ready(Ok(()))
    }

    fn shaken() -> io::Error {
        io::ErrorKind::NotConnected.into()
    }
}

macro_rules! moved {
    ($wire:expr, $context:expr, $method:ident $(, $argument:expr)*) => {{
        let wire = $wire.get_mut();
        match wire.poll_open($context) {
            Poll::Ready(Ok(())) => {}
            Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
            Poll::Pending => return Poll::Pending,
        }
        match wire {
            Wire::Plain(stream) => Pin::new(stream).$method($context $(, $argument)*),
            Wire::Sealed(stream) => Pin::new(stream.as_mut()).$method($context $(, $argument)*),
            Wire::Shaking(_) => Poll::Ready(Err(Wire::shaken())),
        }
    }};
}

impl AsyncRead for Wire {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        moved!(self, context, poll_read, buffer)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        moved!(self, context, poll_write, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        moved!(self, context, poll_flush)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Wire::Plain(stream) => Pin::new(stream).poll_shutdown(context),
            Wire::Sealed(stream) => Pin::new(stream.as_mut()).poll_shutdown(context),
            // Nothing was agreed on that could be ended.
            Wire::Shaking(_) => Poll::Ready(Ok(())),
        }
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        moved!(self, context, poll_write_vectored, parts)
    }

    fn is_write_vectored(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(folder: &Path, name: &str) -> TlsFiles {
        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_string()]).unwrap();
        let files =
            TlsFiles { certificate: folder.join(format!("{name}.pem")), key: folder.join(format!("{name}.key")) };
        std::fs::write(&files.certificate, made.cert.pem()).unwrap();
        std::fs::write(&files.key, made.signing_key.serialize_pem()).unwrap();
        files
    }

    #[test]
    fn a_certificate_is_read_again_when_it_changes_and_a_wrong_one_leaves_the_old() {
        let folder = tempfile::tempdir().unwrap();
        let files = made(folder.path(), "a");
        let certificate = Certificate::read(files.clone()).unwrap();
        assert!(!certificate.refresh().unwrap());
        let shown = || certificate.shown.0.read().unwrap().cert[0].to_vec();
        let first = shown();
        let other = made(folder.path(), "b");
        // Half way through a renewal the key does not belong to the certificate.
        std::fs::copy(&other.certificate, &files.certificate).unwrap();
        let error = certificate.refresh().unwrap_err();
        assert!(error.detail.contains("a.key"), "{}", error.detail);
        assert_eq!((shown() == first, certificate.refresh().unwrap()), (true, false));
        std::fs::copy(&other.key, &files.key).unwrap();
        std::fs::File::open(&files.key).unwrap().set_modified(SystemTime::now()).ok();
        let again = Certificate::read(files.clone()).unwrap();
        assert_ne!(again.shown.0.read().unwrap().cert[0].to_vec(), first);
        assert!(certificate.refresh().unwrap() && shown() != first);
    }

    #[test]
    fn what_is_no_certificate_is_told_with_its_file() {
        let folder = tempfile::tempdir().unwrap();
        let mut files = made(folder.path(), "a");
        files.key = folder.path().join("none.key");
        assert!(Certificate::read(files.clone()).unwrap_err().detail.contains("none.key"));
        std::fs::write(&files.key, "no key").unwrap();
        assert!(Certificate::read(files.clone()).unwrap_err().detail.contains("none.key"));
        std::fs::write(&files.certificate, "no certificate").unwrap();
        assert!(Certificate::read(files).unwrap_err().detail.contains("a.pem"));
    }
}
