use super::account::Tried;
use super::*;

const PASSWORD: &str = "临江县的桥有四十二座我都走过";

fn people() -> (tempfile::TempDir, People) {
    let folder = tempfile::tempdir().expect("a folder");
    let people = People::create(folder.path()).expect("a file");
    (folder, people)
}

fn with(people: &People, name: &str, role: Role) -> Account {
    people.add(name, role, PASSWORD, false, 0).expect("an account")
}

#[test]
fn nothing_is_there_until_it_is_made_and_it_is_private() {
    let folder = tempfile::tempdir().expect("a folder");
    assert!(People::open(folder.path()).unwrap().is_none());
    let people = People::create(folder.path()).unwrap();
    assert!(!people.any().unwrap());
    with(&people, "admin", Role::Administrator);
    assert!(People::open(folder.path()).unwrap().unwrap().any().unwrap());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&path(folder.path())), mode(&folder.path().join(FOLDER))), (0o600, 0o700));
    }
}

#[test]
fn a_file_of_a_newer_program_is_refused_and_left_alone() {
    let (folder, people) = people();
    people.connection().pragma_update(None, "user_version", 99).unwrap();
    drop(people);
    assert!(matches!(People::open(folder.path()), Err(PeopleError::Newer(99))));
}

#[test]
fn names_are_taken_once_and_passwords_must_be_fit() {
    let (_folder, people) = people();
    with(&people, "陈晓明", Role::Administrator);
    let add = |name: &str, secret: &str| people.add(name, Role::Officer, secret, false, 0);
    assert!(matches!(add("陈晓明", PASSWORD), Err(PeopleError::NameTaken(_))));
    assert!(matches!(add("x", PASSWORD), Err(PeopleError::BadName)));
    assert!(matches!(add("a b", PASSWORD), Err(PeopleError::BadName)));
    assert!(matches!(add("zhang", "short"), Err(PeopleError::Unfit(Unfit::Length))));
}

#[test]
fn whoever_guesses_must_wait_and_whoever_is_right_is_let_in() {
    let (_folder, people) = people();
    let account = with(&people, "admin", Role::Administrator);
    let tried = |secret: &str, now: i64| people.try_sign_in("admin", secret, None, "192.0.2.1", now).unwrap();
    for _ in 0..4 {
        assert_eq!(tried("wrong password", 100), Tried::Wrong(Some(account.number)));
    }
    assert_eq!(tried(PASSWORD, 100), Tried::Wait(2));
    assert!(matches!(tried(PASSWORD, 102), Tried::Right(_)));
    // It counts anew.
    assert!(matches!(tried("wrong password", 103), Tried::Wrong(_)));
    assert!(matches!(tried(PASSWORD, 103), Tried::Right(_)));
    assert_eq!(people.try_sign_in("nobody", PASSWORD, None, "192.0.2.2", 104).unwrap(), Tried::Wrong(None));
}

#[test]
fn an_address_that_guesses_many_names_must_wait_too() {
    let (_folder, people) = people();
    let tried = |name: String| people.try_sign_in(&name, "x", None, "192.0.2.1", 0).unwrap();
    let waits = (0..40).map(|at| tried(format!("name{at}"))).filter(|tried| matches!(tried, Tried::Wait(_))).count();
    assert!(waits > 0, "never");
}

#[test]
fn sessions_end_when_idle_when_old_and_when_the_account_changes() {
    let (_folder, people) = people();
    let account = with(&people, "admin", Role::Administrator);
    let begin = |now| people.begin_session(account.number, "192.0.2.1", "a browser", now).unwrap();
    let lasts = |token: &Token, now| people.of_session(token.shown(), now).unwrap().is_some();
    let token = begin(0);
    assert!(lasts(&token, IDLE_SECONDS) && !lasts(&token, 2 * IDLE_SECONDS + 1));
    let token = begin(0);
    let uses = (0..).map(|at| at * (IDLE_SECONDS - 1)).take_while(|now| lasts(&token, *now)).count() as i64;
    assert!((uses - 1) * (IDLE_SECONDS - 1) <= ABSOLUTE_SECONDS && uses > 20, "{uses}");
    let (token, other) = (begin(10), begin(10));
    assert_ne!(token, other);
    assert_eq!(people.sessions(account.number, 11).unwrap().len(), 2);
    let (_, id) = people.of_session(token.shown(), 11).unwrap().unwrap();
    people.end_session(account.number, id).unwrap();
    assert!(!lasts(&token, 11) && lasts(&other, 11));
    assert!(people.end_session(account.number + 1, id + 1).is_err(), "a session of somebody else was ended");
    people.change(account.number, &Change::Password("另一句足够长足够长的口令呀".into(), false)).unwrap();
    assert!(!lasts(&other, 12));
}

#[test]
fn a_switched_off_account_is_nobody() {
    let (_folder, people) = people();
    with(&people, "admin", Role::Administrator);
    let officer = with(&people, "officer", Role::Officer);
    let session = people.begin_session(officer.number, "", "", 0).unwrap();
    let (_, key) = people.add_key(officer.number, "script", &[Right::Read], 30, 0).unwrap();
    assert!(people.of_key(key.shown(), 1).unwrap().is_some());
    people.change(officer.number, &Change::Disabled(true)).unwrap();
    assert!(people.of_session(session.shown(), 1).unwrap().is_none());
    assert!(people.of_key(key.shown(), 1).unwrap().is_none());
    assert!(matches!(people.try_sign_in("officer", PASSWORD, None, "", 1).unwrap(), Tried::Wrong(_)));
}

#[test]
fn keys_end_and_are_revoked_and_their_secret_is_nowhere() {
    let (folder, people) = people();
    let account = with(&people, "admin", Role::Administrator);
    let (key, token) = people.add_key(account.number, "脚本", &[Right::Read], 1, 0).unwrap();
    assert!(token.shown().starts_with("faju_") && token.shown().len() > 40);
    let found = |now| people.of_key(token.shown(), now).unwrap().map(|(_, key)| key.rights);
    assert_eq!(found(86_400), Some(vec![Right::Read]));
    assert_eq!(found(86_401), None);
    people.end_key(account.number, key.id).unwrap();
    assert_eq!(found(1), None);
    drop(people);
    for entry in std::fs::read_dir(folder.path().join(FOLDER)).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains(token.shown()) && !text.contains(PASSWORD));
    }
}

#[test]
fn somebody_always_administers() {
    let (_folder, people) = people();
    let first = with(&people, "first", Role::Administrator).number;
    let alone = |result: Result<(), PeopleError>| matches!(result, Err(PeopleError::LastAdministrator));
    assert!(alone(people.remove(first)) && alone(people.change(first, &Change::Disabled(true))));
    assert!(alone(people.change(first, &Change::Role(Role::Auditor))));
    let second = with(&people, "second", Role::Administrator).number;
    people.remove(first).unwrap();
    // Its number is not given again.
    assert!(with(&people, "third", Role::Officer).number > second);
}

#[test]
fn a_code_is_taken_once() {
    let (_folder, people) = people();
    let account = with(&people, "admin", Role::Administrator).number;
    let secret = people.offer_second(account).unwrap();
    let bytes = base32::decode(base32::Alphabet::Rfc4648 { padding: false }, &secret).expect("base 32");
    let code = |now: u64| totp_rs::Builder::new().with_secret(bytes.clone()).build().unwrap().generate(now).to_string();
    let tried = |code: Option<&str>, now| people.try_sign_in("admin", PASSWORD, code, "", now).unwrap();
    assert!(matches!(tried(None, 1000), Tried::Right(_)), "asked for before it was confirmed");
    assert!(people.confirm_second(account, &code(1000), 1000).unwrap());
    assert!(matches!(tried(None, 1060), Tried::NeedsCode(_)));
    assert!(matches!(tried(Some(&code(1060)), 1060), Tried::Right(_)));
    assert!(matches!(tried(Some(&code(1060)), 1061), Tried::Wrong(_)), "a code was taken twice");
    assert!(matches!(tried(Some("000000"), 1200), Tried::Wrong(_)));
}

#[test]
fn a_copy_holds_everything() {
    let (_folder, people) = people();
    with(&people, "admin", Role::Administrator);
    let other = tempfile::tempdir().unwrap();
    std::fs::create_dir(other.path().join(FOLDER)).unwrap();
    people.copy_to(&path(other.path())).unwrap();
    assert_eq!(People::open(other.path()).unwrap().unwrap().accounts().unwrap(), people.accounts().unwrap());
}

#[test]
fn a_file_of_the_first_version_opens_with_everything_in_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let people = People::create(folder.path()).unwrap();
    with(&people, "admin", Role::Administrator);
    // As the first version made it.
    let kept = "DROP TABLE identity; DROP TABLE dossier_entry; DROP TABLE dossier; DROP TABLE kept_verdict; DROP TABLE kept_review;
         DROP TABLE saved_search; DROP TABLE watch; DROP TABLE notice; DROP TABLE hook; DROP TABLE proposal;";
    people.connection().execute_batch(kept).unwrap();
    let undo = "DROP TABLE demand; ALTER TABLE account DROP COLUMN departments; PRAGMA user_version = 1;";
    people.connection().execute_batch(undo).unwrap();
    drop(people);
    let people = People::open(folder.path()).unwrap().unwrap();
    let account = people.named("admin").unwrap();
    assert_eq!((account.departments.len(), account.second_demanded), (0, false));
    assert_eq!((people.dossiers(account.number).unwrap().len(), people.proposals(0, 1).unwrap().len()), (0, 0));
    people.change(account.number, &Change::Departments(vec!["水务".to_string(), "b-2".to_string()])).unwrap();
    assert_eq!(people.named("admin").unwrap().departments, ["水务", "b-2"]);
    for wrong in ["", "a b", "a,b", &"长".repeat(65)] {
        let change = Change::Departments(vec![wrong.to_string()]);
        assert!(matches!(people.change(account.number, &change), Err(PeopleError::BadDepartment)), "{wrong}");
    }
}

#[test]
fn a_role_can_demand_a_second_factor() {
    let (_folder, people) = people();
    with(&people, "admin", Role::Administrator);
    with(&people, "officer", Role::Officer);
    people.demand_second(Role::Administrator, true).unwrap();
    people.demand_second(Role::Administrator, true).unwrap();
    let demanded = |name: &str| people.named(name).unwrap().second_demanded;
    assert!(demanded("admin") && !demanded("officer"));
    people.demand_second(Role::Administrator, false).unwrap();
    assert!(!demanded("admin"));
}

#[test]
fn what_somebody_keeps_is_his_alone_and_goes_with_him() {
    let (_folder, people) = people();
    with(&people, "admin", Role::Administrator);
    let [own, other] = ["chen", "wang"].map(|name| with(&people, name, Role::Officer).number);
    let search = people.save_search(own, "占道", "q=%E5%8D%A0", 1).unwrap();
    let dossier = people.add_dossier(own, "流动摊贩", 2).unwrap();
    people.put_into_dossier(own, dossier, ("a@1/a2", "《条例》第二条", "要点"), 3).unwrap();
    people.put_into_dossier(own, dossier, ("a@1/a2", "《条例》第二条", "另一要点"), 4).unwrap();
    let review = people.keep_review(own, "草案", b"report", 5).unwrap();
    let decided = |verdict: &str| KeptVerdict { finding: "f1".into(), verdict: verdict.into(), note: "理由".into() };
    people.decide(own, review, &decided("dismissed"), 6).unwrap();
    assert!(people.add_watch(own, ("a", "条例"), &["status in_force".to_string()].into(), 7).unwrap());
    assert!(
        !people.add_watch(own, ("a", "条例"), &std::collections::BTreeSet::new(), 8).unwrap(),
        "what is known stays"
    );
    people.add_hook(own, "http://127.0.0.1:9/", 9).unwrap();

    let (shown, entries) = people.dossier(own, dossier).unwrap();
    assert_eq!((shown.changed_at, shown.entries, entries[0].note.as_str()), (4, 1, "另一要点"));
    assert_eq!(people.kept_review(own, review).unwrap(), (b"report".to_vec(), vec![decided("dismissed")]));
    people.decide(own, review, &decided(""), 10).unwrap();
    assert_eq!(people.kept_review(own, review).unwrap().1, []);

    // Another account neither sees nor changes any of it.
    assert!(people.dossier(other, dossier).is_err() && people.kept_review(other, review).is_err());
    assert!(people.forget_search(other, search).is_err() && people.remove_dossier(other, dossier).is_err());
    assert!(people.put_into_dossier(other, dossier, ("b", "b", ""), 11).is_err());
    assert!(people.take_from_dossier(other, dossier, entries[0].id, 11).is_err());
    assert!(people.decide(other, review, &decided("accepted"), 11).is_err());
    assert!(people.remove_watch(other, people.watches(own).unwrap()[0].id).is_err());
    assert!(people.remove_hook(other, people.hooks(own).unwrap()[0].id).is_err());
    assert_eq!((people.searches(other).unwrap().len(), people.dossiers(other).unwrap().len()), (0, 0));

    people.remove(own).unwrap();
    for table in ["saved_search", "dossier", "dossier_entry", "kept_review", "kept_verdict", "watch", "notice", "hook"]
    {
        let sql = format!("SELECT count(*) FROM {table}");
        let left: i64 = people.connection().query_row(&sql, [], |row| row.get(0)).unwrap();
        assert_eq!(left, 0, "{table}");
    }
}

#[test]
fn there_is_a_bound_to_what_is_kept() {
    let (_folder, people) = people();
    let own = with(&people, "admin", Role::Administrator).number;
    let kept = (0..300).filter(|at| people.save_search(own, &format!("{at}"), "q=a", 1).is_ok()).count();
    let dossiers = (0..300).filter(|at| people.add_dossier(own, &format!("{at}"), 1).is_ok()).count();
    let hooks = (0..9).filter(|_| people.add_hook(own, "http://127.0.0.1:9/", 1).is_ok()).count();
    assert_eq!((kept, dossiers, hooks), (200, 200, 5));
    assert!(matches!(people.save_search(own, "x", "q=a", 1), Err(PeopleError::TooMany(..))));
}

#[test]
fn notices_are_told_once_in_order_and_again_after_a_failure() {
    let (_folder, people) = people();
    let own = with(&people, "admin", Role::Administrator).number;
    people.add_watch(own, ("a", "条例"), &std::collections::BTreeSet::new(), 1).unwrap();
    let watch = people.watches(own).unwrap().remove(0);
    let news = |text: &str| News { kind: "status", text: text.to_string() };
    people.notice(&watch, &[news("一")], &["x".to_string()].into(), 1).unwrap();
    people.add_hook(own, "http://127.0.0.1:9/", 1).unwrap();
    assert_eq!(people.due(2).unwrap().len(), 0, "what was noticed before is not sent");
    people.notice(&watch, &[news("二"), news("三")], &["y".to_string()].into(), 2).unwrap();
    assert_eq!(people.watches(own).unwrap()[0].known, ["y".to_string()].into());

    let mut now = 2;
    for wait in RETRY_SECONDS {
        let (hook, waiting) = people.due(now).unwrap().remove(0);
        assert_eq!(waiting.iter().map(|notice| notice.text.as_str()).collect::<Vec<_>>(), ["二", "三"]);
        people.delivered(&hook, Err("对方回答 500".to_string()), now).unwrap();
        assert_eq!(people.due(now + wait - 1).unwrap().len(), 0);
        now += wait;
    }
    let (hook, _) = people.due(now).unwrap().remove(0);
    people.delivered(&hook, Err("对方回答 500".to_string()), now).unwrap();
    assert_eq!((people.due(i64::MAX).unwrap().len(), people.hooks(own).unwrap()[0].next_at), (0, None), "given up");
    people.retry_hook(own, hook.id, now).unwrap();
    let (hook, waiting) = people.due(now).unwrap().remove(0);
    people.delivered(&hook, Ok(waiting[0].id), now).unwrap();
    assert_eq!(people.due(now).unwrap()[0].1[0].text, "三");

    // A watch that ended meanwhile has no news.
    people.remove_watch(own, watch.id).unwrap();
    let before = people.notices(own, 0, 100).unwrap().len();
    people.notice(&watch, &[news("四")], &["z".to_string()].into(), 3).unwrap();
    assert_eq!(people.notices(own, 0, 100).unwrap().len(), before);
}

#[test]
fn a_proposal_is_read_by_its_receipt_and_forgets_who_made_it() {
    let (_folder, people) = people();
    let proposed = Proposed {
        document: "a".into(),
        title: "办法".into(),
        reason: "设定了罚款".into(),
        name: "某人".into(),
        contact: "信箱".into(),
        ..Proposed::default()
    };
    let (id, receipt) = people.propose(&proposed, 10).unwrap();
    let typed = receipt.shown().to_lowercase().replace('0', "o").replace('1', "l");
    let spaced: String = typed.chars().flat_map(|letter| [letter, ' ']).collect();
    assert_eq!(people.proposal_of(&spaced).unwrap().unwrap().id, id);
    assert_eq!(people.proposal_of("JY0000000000000000").unwrap(), None);
    let (second, _) = people.propose(&proposed, 11).unwrap();
    people.answer_proposal(id, ProposalState::Answered, "已经修改", 20).unwrap();
    let queue: Vec<i64> = people.proposals(0, 10).unwrap().iter().map(|proposal| proposal.id).collect();
    assert_eq!(queue, [second, id], "what waits comes first");
    assert_eq!(people.forget_contacts(20 + CONTACT_SECONDS).unwrap(), 0);
    assert_eq!(people.forget_contacts(21 + CONTACT_SECONDS).unwrap(), 1);
    let kept = people.proposal(id).unwrap().proposed;
    assert_eq!((kept.name.as_str(), kept.contact.as_str(), kept.reason.as_str()), ("", "", "设定了罚款"));
    assert_eq!(people.proposal(second).unwrap().proposed.name, "某人");
}

#[test]
fn what_is_redacted_goes_out_of_what_people_keep() {
    let (folder, people) = people();
    let own = with(&people, "own", Role::Officer).number;
    let none = std::collections::BTreeSet::new();
    for (target, title) in [("a", "关于赵六娘的决定"), ("b@2024-03-01", "渡口条例"), ("bc", "桥梁条例")]
    {
        people.add_watch(own, (target, title), &none, 1).unwrap();
    }
    let titles = || {
        let mut titles: Vec<String> = people.watches(own).unwrap().into_iter().map(|watch| watch.title).collect();
        titles.sort();
        titles
    };
    people.erase_words(&["赵六娘".to_string()], '＊').unwrap();
    people.erase_document("b@2024-03-01").unwrap();
    assert_eq!(titles(), ["关于＊＊＊的决定", "桥梁条例", "（已删去）"]);
    for file in std::fs::read_dir(folder.path().join(FOLDER)).unwrap().flatten() {
        let bytes = std::fs::read(file.path()).unwrap();
        let words = "赵六娘".as_bytes();
        assert!(!bytes.windows(words.len()).any(|window| window == words), "{:?}", file.path());
    }
}

#[test]
fn a_new_second_factor_needs_a_code_of_the_old_one_and_ends_other_sessions() {
    let (_folder, people) = people();
    let account = with(&people, "admin", Role::Administrator);
    let bytes = |secret: &str| base32::decode(base32::Alphabet::Rfc4648 { padding: false }, secret).expect("base 32");
    let code = |secret: &str, now: u64| {
        totp_rs::Builder::new().with_secret(bytes(secret)).build().unwrap().generate(now).to_string()
    };
    assert!(people.renews_second(&account, "", 900).unwrap(), "there is none yet");
    let secret = people.offer_second(account.number).unwrap();
    assert!(people.confirm_second(account.number, &code(&secret, 1000), 1000).unwrap());
    assert!(
        !people.renews_second(&account, "", 1100).unwrap() && !people.renews_second(&account, "000000", 1100).unwrap()
    );
    assert!(people.renews_second(&account, &code(&secret, 1100), 1100).unwrap());
    let tokens = [(); 2].map(|()| people.begin_session(account.number, "", "", 1100).unwrap());
    let (_, kept) = people.of_session(tokens[0].shown(), 1100).unwrap().unwrap();
    people.end_other_sessions(account.number, Some(kept)).unwrap();
    let lasts = tokens.iter().map(|token| people.of_session(token.shown(), 1100).unwrap().is_some());
    assert_eq!(lasts.collect::<Vec<_>>(), [true, false]);
}
