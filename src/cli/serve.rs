//! `faju serve`.

use super::import::access_argument;
use super::output::{Stop, complain};
use super::{Context, Outcome};
use crate::app::provider::ProviderSettings;
use crate::app::{Access, Address, AppError, ErrorCode};
use crate::http;
use clap::{Arg, ArgAction, ArgMatches, Command};
use std::io::IsTerminal;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

/// How long a write that came over the network waits for another process that writes.
const WAIT: Duration = Duration::from_secs(30);

pub fn declare() -> Command {
    Command::new("serve")
        .about("提供网页和接口")
        .arg(
            Arg::new("listen")
                .long("listen")
                .value_name("ADDR")
                .env("FAJU_LISTEN")
                .default_value("127.0.0.1:8300")
                .value_parser(|text: &str| {
                    text.parse::<SocketAddr>().map_err(|_| "须为 IP 地址和端口，例如 127.0.0.1:8300")
                })
                .help("监听的地址（缺省 127.0.0.1:8300）"),
        )
        .arg(
            access_argument()
                .env("FAJU_ACCESS")
                .default_value("public")
                .help("最多给出哪个范围的内容：public（缺省）或 internal；internal 只能在本机地址上"),
        )
        .arg(
            Arg::new("allow_import")
                .long("allow-import")
                .action(ArgAction::SetTrue)
                .help("建第一个账户之前开放写入的接口；只能在本机地址上，且不接受转发来的请求"),
        )
        .arg(
            Arg::new("proxy")
                .long("proxy")
                .value_name("IP")
                .env("FAJU_PROXY")
                .value_delimiter(',')
                .action(ArgAction::Append)
                .value_parser(|text: &str| text.parse::<IpAddr>().map_err(|_| "须为 IP 地址"))
                .help("反向代理的地址，可写多次；只有来自这些地址的 X-Forwarded-For 和 X-Forwarded-Proto 才采信"),
        )
        .arg(
            Arg::new("webhook")
                .long("webhook")
                .value_name("URL")
                .env("FAJU_WEBHOOK")
                .value_delimiter(',')
                .action(ArgAction::Append)
                .value_parser(|text: &str| Address::read(text).map_err(|error| error.detail))
                .help("可以推送动态的地址（https，本机可用 http），可写多次；各人填的推送地址须以其中之一开头"),
        )
        .args(provider_arguments())
        .arg(
            Arg::new("tls_cert")
                .long("tls-cert")
                .value_name("FILE")
                .env("FAJU_TLS_CERT")
                .value_parser(clap::value_parser!(PathBuf))
                .help("证书（PEM，含中间证书）；写了就以 HTTPS 提供，文件更新后自行启用"),
        )
        .arg(
            Arg::new("tls_key")
                .long("tls-key")
                .value_name("FILE")
                .env("FAJU_TLS_KEY")
                .value_parser(clap::value_parser!(PathBuf))
                .help("证书的私钥（PEM）"),
        )
}

/// How the identity provider is reached.
fn provider_arguments() -> [Arg; 6] {
    let text = |id: &'static str, long: &'static str, what: &'static str, env: &'static str, help: &'static str| {
        Arg::new(id).long(long).value_name(what).env(env).help(help)
    };
    let file = clap::value_parser!(PathBuf);
    [
        text(
            "oidc_issuer",
            "oidc-issuer",
            "URL",
            "FAJU_OIDC_ISSUER",
            "统一身份认证（OpenID Connect）的地址，与它自称的逐字相同；写了就可以从那里登录",
        ),
        text("oidc_client", "oidc-client", "ID", "FAJU_OIDC_CLIENT", "本服务在统一身份认证登记的编号（client_id）"),
        text(
            "oidc_redirect",
            "oidc-redirect",
            "URL",
            "FAJU_OIDC_REDIRECT",
            "登录后回到的地址：本服务对外的地址加 /login/oidc/done",
        ),
        text(
            "oidc_secret_file",
            "oidc-secret-file",
            "FILE",
            "FAJU_OIDC_SECRET_FILE",
            "存有登记时所给密钥（client_secret）的文件；没有就不写",
        )
        .value_parser(file.clone()),
        text("oidc_ca", "oidc-ca", "FILE", "FAJU_OIDC_CA", "签发统一身份认证证书的机构（PEM）；不写则用系统的")
            .value_parser(file),
        text("oidc_name", "oidc-name", "TEXT", "FAJU_OIDC_NAME", "登录页上怎样称呼它（缺省 统一身份认证）")
            .default_value("统一身份认证"),
    ]
}

fn provider(given: &ArgMatches) -> Result<Option<ProviderSettings>, AppError> {
    let text = |id: &str| given.get_one::<String>(id).cloned();
    let file = |id: &str| given.get_one::<PathBuf>(id).cloned();
    match (text("oidc_issuer"), text("oidc_client"), text("oidc_redirect")) {
        (Some(issuer), Some(client), Some(redirect)) => Ok(Some(ProviderSettings {
            issuer,
            client,
            secret: file("oidc_secret_file"),
            redirect,
            ca: file("oidc_ca"),
            name: text("oidc_name").unwrap_or_default(),
        })),
        (None, None, None) => Ok(None),
        _ => Err(AppError::parameter(
            ErrorCode::InvalidParameter,
            "oidc-issuer",
            "统一身份认证的地址（oidc-issuer）、编号（oidc-client）和回到的地址（oidc-redirect）须同时写",
        )),
    }
}

pub fn run(given: &ArgMatches, context: &Context) -> Result<Outcome, Stop> {
    let access = http::access(given.get_one::<String>("access").map_or("public", String::as_str))?;
    if access == Access::Restricted {
        let message = "只能是 public 或 internal";
        return Err(AppError::parameter(ErrorCode::InvalidParameter, "access", message).into());
    }
    let listen = given.get_one::<SocketAddr>("listen").copied();
    let options = http::Options {
        listen: listen.unwrap_or(SocketAddr::from(([127, 0, 0, 1], 8300))),
        access,
        allow_import: given.get_flag("allow_import"),
        tls: tls(given)?,
        webhooks: given.get_many::<Address>("webhook").unwrap_or_default().cloned().collect(),
        provider: provider(given)?,
        proxies: given.get_many::<IpAddr>("proxy").unwrap_or_default().copied().collect(),
    };
    http::serve(context.settings(WAIT)?, options, |address| {
        // Logs are for machines; whoever sits at the terminal wants to know where to look.
        if std::io::stderr().is_terminal() {
            let scheme = if given.contains_id("tls_cert") { "https" } else { "http" };
            complain(&format!("法据在 {scheme}://{address} 上；Ctrl-C 停止"));
        }
    })?;
    Ok(Outcome::Done)
}

fn tls(given: &ArgMatches) -> Result<Option<http::TlsFiles>, AppError> {
    let file = |name: &str| given.get_one::<PathBuf>(name).cloned();
    match (file("tls_cert"), file("tls_key")) {
        (Some(certificate), Some(key)) => Ok(Some(http::TlsFiles { certificate, key })),
        (None, None) => Ok(None),
        _ => Err(AppError::parameter(
            ErrorCode::InvalidParameter,
            "tls-cert",
            "证书（tls-cert）和私钥（tls-key）须同时写",
        )),
    }
}
