use super::*;
use crate::text::words::Segmenter;
use proptest::prelude::*;
use sha2::{Digest, Sha256};

/// A model of two directions: 配偶 and 老公 point one way, 罚款 the other.
fn small() -> Model {
    let words = ["配偶", "罚款", "老公"].map(str::to_string);
    let mut words = words.to_vec();
    words.sort_unstable();
    let pairs = vec![['离', '婚']];
    let towards = |word: &str| if word == "罚款" { [0, 100] } else { [100, 0] };
    let mut components: Vec<i8> = words.iter().flat_map(|word| towards(word)).collect();
    components.extend([50, 0]);
    let about = About {
        provenance: "测试".to_string(),
        sets: vec!["fictional".to_string()],
        seed: 7,
        provisions: 3,
        questions: 2,
        segmenter: "none".to_string(),
        dimension: 2,
        words: 3,
        pairs: 1,
        scale: 12.0,
    };
    Model::new(about, words, pairs, Rows { question: vec![0.01; 4], provision: vec![0.02; 4], components })
}

fn cut(text: &str) -> Cut<'_> {
    Cut::of(text)
}

#[test]
fn what_was_learned_together_is_near() {
    let model = small();
    let question = model.question(&cut("老公离婚"));
    let near = model.provision(&cut(""), &cut(""), &cut("配偶"));
    let far = model.provision(&cut(""), &cut(""), &cut("罚款"));
    assert!((question.cosine(&near) - 1.0).abs() < 0.01, "{}", question.cosine(&near));
    assert!(question.cosine(&far).abs() < 0.01);
    assert_eq!(model.question(&cut("无人知晓")).cosine(&near), 0.0, "no word is known");
    assert_eq!(question.cosine(&Vector::of(&[1.0])), 0.0, "another dimension");
}

#[test]
fn pulls_add_up_to_the_cosine() {
    let model = small();
    let (question, title, headings, text) = (cut("老公离婚"), cut("罚款"), cut(""), cut("配偶"));
    let pulls = model.explain(&question, [&title, &headings, &text], 10);
    assert_eq!((pulls[0].question.as_str(), pulls[0].provision.as_str()), ("老公", "配偶"));
    let whole: f32 = pulls.iter().map(|pull| pull.share).sum();
    let cosine = model.question(&question).cosine(&model.provision(&title, &headings, &text));
    assert!((whole - cosine).abs() < 0.02, "{whole} {cosine}");
    assert!(model.explain(&cut("无"), [&title, &headings, &text], 10).is_empty());
}

#[test]
fn a_model_is_read_as_it_was_written() {
    let model = small();
    let bytes = model.write();
    assert_eq!(bytes, model.write());
    assert_eq!(Model::read(&bytes), Ok(model));
}

#[test]
fn the_model_of_this_release_joins_everyday_words_with_those_of_the_law() {
    let model = Model::embedded().unwrap();
    assert_eq!((model.dimension(), model.about().segmenter.as_str()), (256, Segmenter::shared().fingerprint()));
    let question = model.question(&cut("没签合同被辞退怎么赔"));
    let near = |text: &str| question.cosine(&model.provision(&cut(""), &cut(""), &cut(text)));
    let right =
        near("用人单位自用工之日起超过一个月不满一年未与劳动者订立书面劳动合同的,应当向劳动者每月支付二倍的工资");
    for wrong in ["禁止在渡口停放车辆,违者处二百元罚款", "设区的市可以制定地方性法规", "夫妻在婚姻家庭中地位平等"]
    {
        assert!(right > near(wrong), "{right} {wrong} {}", near(wrong));
    }
    assert!(model.question(&cut("流动摊贩占道")).to_bytes().len() <= 272);
}

#[test]
fn what_is_wrong_is_told_in_chinese() {
    let bytes = small().write();
    let told = |bytes: &[u8]| Model::read(bytes).map(|_| ()).unwrap_err().to_string();
    assert_eq!(told(b"PK"), "不是联想模型文件");
    let mut later = bytes.clone();
    later[8] = 9;
    assert_eq!(told(&later), "联想模型的格式版本是 9，本程序只读版本 1");
    assert_eq!(told(&bytes[..bytes.len() - 1]), "联想模型文件已损坏：校验和不符");
    assert_eq!(told(&bytes[..12]), "联想模型文件已损坏：不完整");
}

#[test]
fn vectors_are_stored_and_read() {
    let vector = Vector::of(&[0.6, -0.8, 0.0]);
    assert!((vector.cosine(&vector) - 1.0).abs() < 0.01);
    assert_eq!(Vector::from_bytes(&vector.to_bytes()), Some(vector.clone()));
    assert_eq!(vector.to_bytes().len(), 7);
    assert_eq!(Vector::from_bytes(&[1, 2, 3]), None);
    assert_eq!(Vector::from_bytes(&f32::NAN.to_le_bytes()), None);
    assert_eq!(Vector::of(&[0.0, 0.0]).cosine(&Vector::of(&[1.0, 0.0])), 0.0);
    assert_eq!(Vector::of(&[f32::NAN, 1.0]).cosine(&Vector::of(&[1.0, 0.0])), 0.0);
}

/// Bytes with a right digest, so that what stands before it is looked at.
fn sealed(mut content: Vec<u8>) -> Vec<u8> {
    let digest = Sha256::digest(&content);
    content.extend(digest);
    content
}

proptest! {
    #[test]
    fn garbage_is_a_reason_and_no_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = Model::read(&bytes);
        let mut begun = b"FAJUASSO".to_vec();
        begun.extend(VERSION.to_le_bytes());
        begun.extend(bytes);
        let _ = Model::read(&sealed(begun));
    }

    #[test]
    fn a_changed_model_is_a_model_or_a_reason(
        changes in prop::collection::vec((0usize..1000, any::<u8>()), 1..4),
        cut_off in 0usize..40,
    ) {
        let mut bytes = small().write();
        bytes.truncate(bytes.len() - 32 - cut_off);
        let length = bytes.len();
        for (at, byte) in changes {
            bytes[12 + at % (length - 12)] = byte;
        }
        if let Ok(model) = Model::read(&sealed(bytes)) {
            let vector = model.question(&cut("老公离婚罚款"));
            prop_assert!(vector.cosine(&vector).is_finite());
            let _ = model.explain(&cut("老公"), [&cut("罚款"), &cut("罚款"), &cut("配偶")], 3);
        }
    }

    #[test]
    fn the_product_is_the_sum_of_products(one in prop::collection::vec(any::<i8>(), 0..300), seed in any::<u8>()) {
        let other: Vec<i8> = one.iter().map(|value| value.wrapping_mul(seed.cast_signed()).wrapping_add(3)).collect();
        let expected: i32 = one.iter().zip(&other).map(|(one, other)| i32::from(*one) * i32::from(*other)).sum();
        prop_assert_eq!(dot(&one, &other), expected);
    }

    #[test]
    fn rounding_keeps_the_direction(values in prop::collection::vec(-1.0f32..1.0, 2..64)) {
        let vector = Vector::of(&values);
        let length = values.iter().map(|value| value * value).sum::<f32>().sqrt();
        if length > 0.01 {
            prop_assert!((vector.cosine(&vector) - 1.0).abs() < 0.1);
        }
        prop_assert_eq!(Vector::from_bytes(&vector.to_bytes()), Some(vector));
    }
}
