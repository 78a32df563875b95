//! A running server whose calls to the system fail for a while: it goes on by itself afterwards.

use crate::client::Reply;
use crate::place::{PASSWORD, Place};
use crate::seam::{self, CLASSES, Fault};
use crate::server::Server;
use crate::skip::skipped;

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn sign_in(server: &Server) -> Reply {
    let body = format!("name=editor&password={}", encoded(PASSWORD));
    let origin = format!("http://{}", server.address);
    let headers = [("Content-Type", "application/x-www-form-urlencoded"), ("Origin", &*origin)];
    server.send("POST", "/login", &headers, body.as_bytes())
}

/// Brings the document in that is not there yet, with the rights of a sign-in.
fn bring(server: &Server, place: &Place, signed_in: &Reply) -> Reply {
    let cookie = signed_in.header("set-cookie").split(';').next().unwrap_or_default().to_string();
    let origin = format!("http://{}", server.address);
    let headers = [("Cookie", &*cookie), ("Origin", &*origin), ("Content-Type", "application/json")];
    let body = std::fs::read(place.path("more.jsonl")).expect("a file");
    server.send("POST", "/api/v1/documents", &headers, &body)
}

/// Lets a server meet a fault while somebody signs in and imports.
fn survives(fault: Fault) {
    let place = Place::new();
    let armed = place.path("armed");
    let what = format!("{fault:?}");
    let server = Server::start_with(&place.data(), &["--access", "internal"], |command| {
        seam::meets(command, &place.data(), fault, None);
        command.env("FAULT_ARMED", &armed);
    });
    let before = sign_in(&server);
    assert_eq!(before.status, 303, "{what}");
    std::fs::write(&armed, "").expect("a file");
    let (during, brought) = (sign_in(&server), bring(&server, &place, &before));
    for reply in [&during, &brought] {
        // 403 is `read_only`: what cannot be noted is not done.
        assert!([200, 201, 303, 403, 500, 503].contains(&reply.status), "{what}: {} {}", reply.status, reply.text());
    }
    // Reading goes on, or says that it does not.
    let read = server.get("/api/v1/search?q=%E6%B8%A1%E5%8F%A3");
    assert!([200, 500, 503].contains(&read.status), "{what}: {}", read.status);
    std::fs::remove_file(&armed).expect("it is there");
    let after = sign_in(&server);
    assert_eq!(after.status, 303, "{what}: nobody signs in any more: {}", after.text());
    let again = bring(&server, &place, &after);
    assert!(again.status < 300, "{what}: {} {}", again.status, again.text());
    assert_eq!(server.get("/healthz").status, 200, "{what}");
    drop(server);
    place.is_whole(&what);
    assert_eq!(place.found("第77号浮标"), 1, "{what}");
}

fn sweep(test: &str, points: u64) {
    if let Err(why) = seam::library() {
        return skipped(test, why);
    }
    let mut tries = 0;
    for (turn, (class, code)) in CLASSES.into_iter().enumerate() {
        for point in 0..points {
            // The first calls belong to the log and to signing in, the later ones to the import.
            let at = 1 + point * 3 + turn as u64 % 2;
            survives(Fault { class, code, at, lasts: (point + turn as u64).is_multiple_of(2) });
            tries += 1;
        }
    }
    println!("{tries} faults of a running server, nothing lost");
}

#[test]
fn a_server_goes_on_after_calls_that_failed() {
    sweep("a_server_goes_on_after_calls_that_failed", 1);
}

#[test]
#[ignore = "about two hundred faults: just faults"]
fn a_server_goes_on_after_any_call_that_failed() {
    sweep("a_server_goes_on_after_any_call_that_failed", 24);
}
