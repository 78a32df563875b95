//! Sign-in at an identity provider (统一身份认证): OpenID Connect Core 1.0, code flow with PKCE (RFC 7636).
//!
//! The provider is asked who somebody is, never what he may: that his account here says.

use super::error::{AppError, ErrorCode};
use super::outward::{self, Address, Agent};
use crate::people::Identity;
use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreIdToken, CoreJwsSigningAlgorithm, CoreProviderMetadata,
};
use openidconnect::{
    AccessTokenHash, AuthorizationCode, ClientId, ClientSecret, CsrfToken, HttpRequest, HttpResponse, IssuerUrl, Nonce,
    OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, TokenResponse,
};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{PoisonError, RwLock};
use std::time::{Duration, Instant};

/// How long a call of the provider may take: people wait for it, and it holds the place of a reader.
const CALL: Duration = Duration::from_secs(5);

/// Calls at the same time. Whoever comes meanwhile is told to come again, so that a slow provider stops nothing else.
const CALLS_MAX: usize = 2;

/// Longest answer of a provider, in bytes.
const ANSWER_BYTES_MAX: u64 = 1024 * 1024;

/// How long what the provider says of itself, its keys among it, is believed.
const KNOWN_FOR: Duration = Duration::from_secs(10 * 60);

/// How long after a failure the provider is not asked again.
const PAUSE: Duration = Duration::from_secs(5);

/// Seconds until a sign-in that was begun must have ended.
pub const WAIT_SECONDS: i64 = 10 * 60;

/// How the provider is reached, as the operator states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderSettings {
    /// Its issuer, byte for byte as it calls itself.
    pub issuer: String,
    /// What it calls this service.
    pub client: String,
    /// File with the secret that proves this service to it; `None` for a public client.
    pub secret: Option<PathBuf>,
    /// The address of this service to which it leads back, ending in [`BACK`].
    pub redirect: String,
    /// File of the authorities that its certificate is signed by; `None`: those of the system.
    pub ca: Option<PathBuf>,
    /// What people call it.
    pub name: String,
}

/// Path to which the provider leads back.
pub const BACK: &str = "/login/oidc/done";

/// How tokens may be signed: with a key that the provider alone has.
const SIGNATURES: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// How far the clock of the provider may be ahead.
const AHEAD_SECONDS: i64 = 120;

/// A sign-in that was begun, as it must be known when the provider leads back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Begun {
    /// Comes back with the browser.
    pub state: String,
    /// Comes back in the token.
    nonce: String,
    /// Proves to the provider that whoever brings the code asked for it.
    verifier: String,
}

/// What the provider says of itself, and when it was asked.
enum Known {
    /// Nothing yet.
    Nothing,
    /// It could not be asked.
    Failed(Instant, AppError),
    /// This.
    Told(Instant, Box<CoreProviderMetadata>),
}

/// An identity provider.
pub struct Provider {
    settings: ProviderSettings,
    issuer: IssuerUrl,
    redirect: RedirectUrl,
    secret: Option<ClientSecret>,
    agent: Agent,
    known: RwLock<Known>,
    calls: AtomicUsize,
}

/// A call that is under way.
struct Calling<'a>(&'a AtomicUsize);

impl Drop for Calling<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

/// Why a call failed, as the library of the protocol wants it.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct CallFailed(String);

impl Provider {
    /// Reads what the operator states. Nobody is asked yet.
    ///
    /// # Errors
    /// An address that cannot be one, a file that cannot be read.
    pub fn of(settings: ProviderSettings) -> Result<Provider, AppError> {
        let wrong = |name: &str, why: String| AppError::parameter(ErrorCode::InvalidParameter, name, why);
        let issuer = Address::read(&settings.issuer).map_err(|error| wrong("oidc-issuer", error.detail))?;
        Address::read(&settings.redirect).map_err(|error| wrong("oidc-redirect", error.detail))?;
        if !settings.redirect.ends_with(BACK) {
            return Err(wrong("oidc-redirect", format!("须为本服务对外的地址加 {BACK}")));
        }
        let secret = settings.secret.as_ref().map(|file| {
            let text = std::fs::read_to_string(file).map_err(|error| error.to_string());
            let text = text.map(|text| text.trim().to_string());
            match text {
                Ok(text) if !text.is_empty() => Ok(ClientSecret::new(text)),
                Ok(_) => Err(wrong("oidc-secret-file", format!("{} 是空的", file.display()))),
                Err(why) => Err(wrong("oidc-secret-file", format!("{} 不能读取：{why}", file.display()))),
            }
        });
        Ok(Provider {
            issuer: IssuerUrl::new(settings.issuer.clone()).map_err(|why| wrong("oidc-issuer", why.to_string()))?,
            redirect: RedirectUrl::new(settings.redirect.clone())
                .map_err(|why| wrong("oidc-redirect", why.to_string()))?,
            secret: secret.transpose()?,
            agent: outward::agent(&issuer, settings.ca.as_deref(), CALL, Some(CALL))?,
            known: RwLock::new(Known::Nothing),
            calls: AtomicUsize::new(0),
            settings,
        })
    }

    /// What people call it.
    pub fn name(&self) -> &str {
        &self.settings.name
    }

    /// Its issuer.
    pub fn issuer(&self) -> &str {
        &self.settings.issuer
    }

    /// Begins a sign-in: where the browser is sent, and what must be known when it comes back.
    ///
    /// # Errors
    /// The provider cannot be reached, or says nothing that can be understood.
    pub fn begin(&self) -> Result<(String, Begun), AppError> {
        let metadata = self.metadata(KNOWN_FOR)?;
        let client = CoreClient::from_provider_metadata(*metadata, self.client(), self.secret.clone());
        let client = client.set_redirect_uri(self.redirect.clone());
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let flow = CoreAuthenticationFlow::AuthorizationCode;
        let (url, state, nonce) =
            client.authorize_url(flow, CsrfToken::new_random, Nonce::new_random).set_pkce_challenge(challenge).url();
        let begun =
            Begun { state: state.secret().clone(), nonce: nonce.secret().clone(), verifier: verifier.secret().clone() };
        Ok((url.to_string(), begun))
    }

    /// Who came back with a code. The state must have been compared already.
    ///
    /// # Errors
    /// A code, signature or time that the provider or the protocol does not hold good (`unauthenticated`); a provider that
    /// cannot be reached (`overloaded`).
    pub fn finish(&self, begun: &Begun, code: &str) -> Result<Identity, AppError> {
        let metadata = self.metadata(KNOWN_FOR)?;
        let client = CoreClient::from_provider_metadata(*metadata, self.client(), self.secret.clone());
        let client = client.set_redirect_uri(self.redirect.clone());
        let asked = client
            .exchange_code(AuthorizationCode::new(code.to_string()))
            .map_err(|why| self.refused(&why.to_string()))?
            .set_pkce_verifier(PkceCodeVerifier::new(begun.verifier.clone()));
        let calling = self.calling()?;
        let answer = asked.request(&|request| self.call(request)).map_err(|why| match why {
            openidconnect::RequestTokenError::Request(why) => self.failed(&why.to_string()),
            other => self.refused(&other.to_string()),
        })?;
        drop(calling);
        let token = answer.id_token().ok_or_else(|| self.refused("no id token"))?;
        let subject = self.subject(token, answer.access_token(), begun)?;
        Ok(Identity { issuer: self.settings.issuer.clone(), subject })
    }

    /// Whom a token names, if it was made by the provider, for this service and this sign-in, and still holds. A provider that
    /// changed its keys since it was asked is asked again, once.
    fn subject(
        &self,
        token: &CoreIdToken,
        access: &openidconnect::AccessToken,
        begun: &Begun,
    ) -> Result<String, AppError> {
        let nonce = Nonce::new(begun.nonce.clone());
        let read = |metadata: CoreProviderMetadata| -> Result<String, String> {
            let client = CoreClient::from_provider_metadata(metadata, self.client(), self.secret.clone());
            let verifier = client.id_token_verifier();
            let verifier = verifier.set_allowed_algs(SIGNATURES).set_issue_time_verifier_fn(|made| {
                let ahead = made.timestamp() - jiff::Timestamp::now().as_second();
                if ahead <= AHEAD_SECONDS { Ok(()) } else { Err(format!("made {ahead} s in the future")) }
            });
            let claims = token.claims(&verifier, &nonce).map_err(|why| why.to_string())?;
            if claims.authorized_party().is_some_and(|party| *party != self.client()) {
                return Err("azp".to_string());
            }
            if let Some(expected) = claims.access_token_hash() {
                let algorithm = token.signing_alg().map_err(|why| why.to_string())?;
                let key = token.signing_key(&verifier).map_err(|why| why.to_string())?;
                let own = AccessTokenHash::from_token(access, algorithm, key).map_err(|why| why.to_string())?;
                if own != *expected {
                    return Err("at_hash".to_string());
                }
            }
            Ok(claims.subject().to_string())
        };
        read(*self.metadata(KNOWN_FOR)?)
            .or_else(|_| read(*self.metadata(PAUSE).map_err(|error| error.detail)?))
            .map_err(|why| self.refused(&why))
    }

    /// What the provider says of itself, asked again if that is older than `age`.
    fn metadata(&self, age: Duration) -> Result<Box<CoreProviderMetadata>, AppError> {
        match &*self.known.read().unwrap_or_else(PoisonError::into_inner) {
            Known::Told(at, metadata) if at.elapsed() < age => return Ok(metadata.clone()),
            Known::Failed(at, error) if at.elapsed() < PAUSE => return Err(error.clone()),
            _ => {}
        }
        let _calling = self.calling()?;
        let asked = CoreProviderMetadata::discover(&self.issuer, &|request| self.call(request));
        let metadata = Box::new(asked.map_err(|why| self.failed(&why.to_string()))?);
        self.knows(Known::Told(Instant::now(), metadata.clone()));
        Ok(metadata)
    }

    fn knows(&self, known: Known) {
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = known;
    }

    /// A place for a call, if there is one.
    fn calling(&self) -> Result<Calling<'_>, AppError> {
        let busy = || AppError::new(ErrorCode::Overloaded, format!("正在连接{}，请稍候再试", self.settings.name));
        let before = self.calls.fetch_add(1, Ordering::AcqRel);
        let calling = Calling(&self.calls);
        if before < CALLS_MAX { Ok(calling) } else { Err(busy()) }
    }

    fn client(&self) -> ClientId {
        ClientId::new(self.settings.client.clone())
    }

    fn call(&self, request: HttpRequest) -> Result<HttpResponse, CallFailed> {
        outward::send(&self.agent, request, ANSWER_BYTES_MAX).map_err(CallFailed)
    }

    /// What people are told of a call that failed; operators find the reason in the log. The provider is left alone for a while.
    fn failed(&self, why: &str) -> AppError {
        tracing::warn!(why, "identity provider");
        let detail = format!("{}暂不可用，请稍候再试，或用口令登录", self.settings.name);
        let error = AppError::new(ErrorCode::Overloaded, detail);
        self.knows(Known::Failed(Instant::now(), error.clone()));
        error
    }

    fn refused(&self, why: &str) -> AppError {
        tracing::warn!(why, "identity provider");
        AppError::new(ErrorCode::Unauthenticated, format!("{}没有证明您的身份，请重新登录", self.settings.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_a_provider_is_refused_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let empty = folder.path().join("empty");
        std::fs::write(&empty, "\n").unwrap();
        let good = ProviderSettings {
            issuer: "http://127.0.0.1:1/".to_string(),
            client: "faju".to_string(),
            secret: None,
            redirect: format!("https://law.example.cn{BACK}"),
            ca: None,
            name: "统一身份认证".to_string(),
        };
        assert!(Provider::of(good.clone()).is_ok());
        let wrong = |settings: ProviderSettings| {
            Provider::of(settings).err().and_then(|error| error.errors.first()?.parameter.clone()).unwrap_or_default()
        };
        assert_eq!(wrong(ProviderSettings { issuer: "http://id.example.cn".into(), ..good.clone() }), "oidc-issuer");
        assert_eq!(
            wrong(ProviderSettings { redirect: "https://law.example.cn/".into(), ..good.clone() }),
            "oidc-redirect"
        );
        for file in [empty, folder.path().join("none")] {
            assert_eq!(wrong(ProviderSettings { secret: Some(file), ..good.clone() }), "oidc-secret-file");
        }
        // Nobody listens there: said so, and not asked again at once.
        let provider = Provider::of(good).unwrap();
        assert_eq!(provider.begin().unwrap_err().code, ErrorCode::Overloaded);
        assert!(matches!(*provider.known.read().unwrap(), Known::Failed(..)));
        assert_eq!(provider.calls.load(Ordering::Acquire), 0);
        assert_eq!(provider.begin().unwrap_err().code, ErrorCode::Overloaded);
    }

    #[test]
    fn a_provider_that_never_answers_holds_few_up_and_not_for_long() {
        let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let provider = Provider::of(ProviderSettings {
            issuer: format!("http://{}", silent.local_addr().unwrap()),
            client: "faju".to_string(),
            secret: None,
            redirect: format!("https://law.example.cn{BACK}"),
            ca: None,
            name: "统一身份认证".to_string(),
        })
        .unwrap();
        let began = Instant::now();
        let waited: Vec<Duration> = std::thread::scope(|scope| {
            let calls: Vec<_> = (0..6)
                .map(|_| {
                    scope.spawn(|| {
                        assert_eq!(provider.begin().unwrap_err().code, ErrorCode::Overloaded);
                        began.elapsed()
                    })
                })
                .collect();
            calls.into_iter().map(|call| call.join().unwrap()).collect()
        });
        let long = waited.iter().filter(|waited| **waited > Duration::from_secs(2)).count();
        assert!(long <= CALLS_MAX, "{waited:?}");
        assert!(waited.iter().all(|waited| *waited < CALL * 3), "{waited:?}");
        // It is left alone for a while.
        let again = Instant::now();
        assert!(provider.begin().is_err() && again.elapsed() < Duration::from_secs(1));
    }

    /// A provider of which is known what it says of itself, with one key, and what makes its tokens.
    fn known_provider() -> (Provider, impl Fn(serde_json::Value) -> String) {
        use base64::Engine;
        use ring::signature::{Ed25519KeyPair, KeyPair};
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("secret");
        std::fs::write(&file, "tell nobody").unwrap();
        let issuer = "https://id.example.cn";
        let provider = Provider::of(ProviderSettings {
            issuer: issuer.to_string(),
            client: "faju".to_string(),
            secret: Some(file),
            redirect: format!("https://law.example.cn{BACK}"),
            ca: None,
            name: "统一身份认证".to_string(),
        })
        .unwrap();
        let code = |bytes: &[u8]| base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes);
        let pair = Ed25519KeyPair::generate_pkcs8(&ring::rand::SystemRandom::new()).unwrap();
        let pair = Ed25519KeyPair::from_pkcs8(pair.as_ref()).unwrap();
        let keys = serde_json::json!({"keys": [
            {"kty": "OKP", "crv": "Ed25519", "use": "sig", "kid": "k", "x": code(pair.public_key().as_ref())}
        ]});
        let metadata: CoreProviderMetadata = serde_json::from_value(serde_json::json!({
            "issuer": issuer,
            "authorization_endpoint": "https://id.example.cn/auth",
            "token_endpoint": "https://id.example.cn/token",
            "jwks_uri": "https://id.example.cn/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["EdDSA", "HS256"],
        }))
        .unwrap();
        let metadata = metadata.set_jwks(serde_json::from_value(keys).unwrap());
        provider.knows(Known::Told(Instant::now(), Box::new(metadata)));
        let token = move |changed: serde_json::Value| {
            let now = jiff::Timestamp::now().as_second();
            let mut claims = serde_json::json!({
                "iss": issuer, "aud": ["faju"], "sub": "17", "nonce": "n", "iat": now, "exp": now + 60,
            });
            let mut header = serde_json::json!({"alg": "EdDSA", "kid": "k"});
            for (name, value) in changed.as_object().unwrap() {
                if name == "alg" { header["alg"] = value.clone() } else { claims[name] = value.clone() }
            }
            let signed = format!("{}.{}", code(header.to_string().as_bytes()), code(claims.to_string().as_bytes()));
            let signature = if header["alg"] == "HS256" {
                let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, b"tell nobody");
                code(ring::hmac::sign(&key, signed.as_bytes()).as_ref())
            } else {
                code(pair.sign(signed.as_bytes()).as_ref())
            };
            format!("{signed}.{signature}")
        };
        (provider, token)
    }

    #[test]
    fn only_a_token_that_was_made_here_and_now_for_this_service_is_believed() {
        let (provider, token) = known_provider();
        let begun = Begun { state: "s".to_string(), nonce: "n".to_string(), verifier: "v".to_string() };
        let access = openidconnect::AccessToken::new("a".to_string());
        let subject = |changed: serde_json::Value| {
            let token: CoreIdToken = token(changed).parse().unwrap();
            provider.subject(&token, &access, &begun).map_err(|error| error.code)
        };
        let now = jiff::Timestamp::now().as_second();
        assert_eq!(subject(serde_json::json!({})), Ok("17".to_string()));
        assert_eq!(subject(serde_json::json!({"azp": "faju", "iat": now + 30})), Ok("17".to_string()));
        for changed in [
            serde_json::json!({"azp": "other"}),
            serde_json::json!({"iat": now + 3600, "exp": now + 7200}),
            serde_json::json!({"alg": "HS256"}),
            serde_json::json!({"aud": ["other"]}),
            serde_json::json!({"iss": "https://other.example.cn"}),
            serde_json::json!({"nonce": "other"}),
            serde_json::json!({"exp": now - 1}),
            serde_json::json!({"at_hash": "bm9uZQ"}),
        ] {
            assert_eq!(subject(changed.clone()), Err(ErrorCode::Unauthenticated), "{changed}");
        }
    }
}
