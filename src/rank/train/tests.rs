use super::super::association::Cut;
use super::*;

/// Duties and penalties of fictional instruments, and questions in other words.
fn material() -> (Vec<Provision>, Vec<Example>) {
    let things = ["渡口", "摊点", "犬只", "广告牌", "油烟", "噪声", "垃圾", "水井"];
    let mut provisions = Vec::new();
    for (instrument, thing) in (0u32..).zip(things) {
        let title = format!("某某县{thing}管理办法");
        let texts = [
            format!("为了加强{thing}管理，维护公共利益，根据有关规定，制定本办法。"),
            format!("设置{thing}应当经主管部门批准，未经批准的，不得设置；批准的条件由主管部门公布。"),
            format!("违反本办法规定，擅自设置{thing}的，由主管部门责令限期改正，处二百元以上二千元以下罚款。"),
            format!("主管部门工作人员在{thing}管理中玩忽职守的，依法给予处分；构成犯罪的，依法追究刑事责任。"),
        ];
        for text in texts {
            let headings = vec!["第一章　总则".to_string()];
            provisions.push(Provision { instrument, title: title.clone(), headings, text, local: instrument > 5 });
        }
    }
    let examples = (0u32..)
        .zip(things)
        .flat_map(|(instrument, thing)| {
            let asked = [format!("偷偷弄个{thing}要被罚多少钱"), format!("没人同意就弄{thing}会怎么样")];
            asked.map(|question| Example {
                texts: vec![(question, 1.0), (format!("{thing} 罚钱"), 0.5)],
                right: vec![vec![4 * instrument + 2]],
            })
        })
        .collect();
    (provisions, examples)
}

fn options() -> Options {
    Options { dimension: 16, vocabulary: 400, epochs: 6, corpus_epochs: 2, ..Options::default() }
}

fn trained(seed: u64, threads: usize) -> (Vec<u8>, Tuned) {
    let (provisions, examples) = material();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    pool.install(|| {
        let options = Options { seed, ..options() };
        let prepared = Prepared::new(&provisions, &examples, options.clone(), &mut |_| ());
        let tuned = prepared.tune(Held::Nothing, options.epochs, &Provenance::default(), &mut |_| ());
        (tuned.model.write(), tuned)
    })
}

#[test]
fn one_seed_gives_one_model_on_any_number_of_threads() {
    let (first, _) = trained(3, 1);
    assert_eq!(first, trained(3, 2).0);
    assert_ne!(first, trained(4, 2).0);
}

#[test]
fn the_model_learns_what_words_do_not_say() {
    let (_, tuned) = trained(1, 2);
    assert!(tuned.epochs.last().unwrap().loss < tuned.epochs[0].loss, "{:?}", tuned.epochs);
    let (provisions, _) = material();
    let question = tuned.model.question(&Cut::of("弄个渡口罚钱"));
    let near = |place: usize| {
        let provision = &provisions[place];
        let (title, headings) = (Cut::of(&provision.title), Cut::of(&provision.headings[0]));
        question.cosine(&tuned.model.provision(&title, &headings, &Cut::of(&provision.text)))
    };
    assert!(near(2) > near(0) && near(2) > near(1) && near(2) > near(6), "{:?}", (0..8).map(near).collect::<Vec<_>>());
}

#[test]
fn held_out_questions_are_measured_and_not_learned_from() {
    let (provisions, examples) = material();
    let prepared = Prepared::new(&provisions, &examples, options(), &mut |_| ());
    let held = Held::Part { part: 0, of: 3 };
    let out: Vec<usize> = (0..examples.len()).filter(|place| examples[*place].part(3) == 0).collect();
    assert!(!out.is_empty() && out.len() < examples.len());
    let mut steps = Vec::new();
    let tuned = prepared.tune(held, 6, &Provenance::default(), &mut |step| steps.push(step));
    assert_eq!(tuned.held_out.iter().map(|ranked| ranked.example).collect::<Vec<_>>(), out);
    assert!(tuned.held_out.iter().all(|ranked| ranked.fused.len() == 1 && ranked.alone[0] >= 1));
    assert_eq!(tuned.model.about().questions as usize, examples.len() - out.len());
    let best = tuned.epochs.iter().filter_map(|epoch| epoch.held_out).fold(0.0, f32::max);
    assert_eq!(tuned.epochs[tuned.best - 1].held_out, Some(best));
    assert_eq!(steps.len(), tuned.epochs.len());
}

#[test]
fn nothing_to_learn_from_is_no_panic() {
    let (provisions, examples) = material();
    for (provisions, examples) in [(&provisions[..], &examples[..0]), (&provisions[..0], &examples[..0])] {
        let prepared = Prepared::new(provisions, examples, options(), &mut |_| ());
        let tuned = prepared.tune(Held::Nothing, 2, &Provenance::default(), &mut |_| ());
        assert_eq!(tuned.model, Model::read(&tuned.model.write()).unwrap());
    }
}
