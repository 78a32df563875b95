use super::metrics::{METRICS, Metrics, measured};

fn value(metrics: &Metrics, name: &str) -> f64 {
    measured(&[*metrics]).mean(name)
}

#[test]
fn metrics_are_those_of_the_protocol() {
    let metrics = Metrics::of(&[Some(2), None, Some(11)]);
    assert_eq!(value(&metrics, "mrr10"), 0.5);
    assert_eq!((value(&metrics, "r1"), value(&metrics, "r5"), value(&metrics, "r20")), (0.0, 1.0 / 3.0, 2.0 / 3.0));
    assert_eq!((value(&metrics, "hit1"), value(&metrics, "hit5"), value(&metrics, "hit10")), (0.0, 1.0, 1.0));
    let ideal = 1.0 + 1.0 / 3f64.log2() + 0.5;
    assert!((value(&metrics, "ndcg10") - (1.0 / 3f64.log2()) / ideal).abs() < 1e-12);
    assert_eq!(value(&Metrics::of(&[Some(11)]), "mrr10"), 0.0, "below the cut-off");
    assert_eq!(measured(&[]).questions, 0);
}

#[test]
fn intervals_hold_the_mean_and_are_the_same_every_time() {
    let questions: Vec<Metrics> = (0..200).map(|place| Metrics::of(&[(place % 3 > 0).then_some(place % 3)])).collect();
    let first = measured(&questions);
    assert_eq!(first, measured(&questions));
    for (mean, [lower, upper]) in first.means.iter().zip(first.intervals) {
        assert!(lower <= *mean && *mean <= upper, "{lower} {mean} {upper}");
    }
    let wide = first.intervals[METRICS.iter().position(|name| *name == "r1").unwrap()];
    assert!(wide[1] - wide[0] > 0.05 && wide[1] - wide[0] < 0.3, "{wide:?}");
}

#[test]
fn differences_are_of_the_same_questions() {
    let better = Metrics::of(&[Some(1)]);
    let worse = Metrics::of(&[Some(2)]);
    assert_eq!(value(&better.minus(&worse), "mrr10"), 0.5);
    assert_eq!(value(&worse.minus(&better), "r1"), -1.0);
}
