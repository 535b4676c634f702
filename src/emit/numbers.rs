//! Finding numbers in a line: `1～4、7 ほか12件`.

use crate::model::{Lang, Wording};

/// Runs of numbers that are named before the rest is only counted.
const NAMED_RUNS: usize = 8;

/// The numbers of the findings at `positions`, which are in order: each its position from 1.
pub fn numbers(positions: &[usize], lang: Lang) -> String {
    let runs: Vec<&[usize]> = positions.chunk_by(|a, b| a + 1 == *b).collect();
    let named = runs.iter().take(NAMED_RUNS);
    let told: Vec<String> = named.filter_map(|run| one_run(run)).collect();
    let rest: usize = runs.iter().skip(NAMED_RUNS).map(|run| run.len()).sum();
    let told = told.join(comma(lang));
    match rest {
        0 => told,
        rest => format!("{told}{}", and_others(rest).say(lang)),
    }
}

/// What stands between the parts of a list.
pub fn comma(lang: Lang) -> &'static str {
    match lang {
        Lang::Ja => "、",
        Lang::En => ", ",
    }
}

/// `ほか12件`, behind what was named.
pub fn and_others(count: usize) -> Wording {
    Wording::new(format!(" ほか{count}件"), format!(" and {count} more"))
}

fn one_run(run: &[usize]) -> Option<String> {
    let (first, last) = (run.first()? + 1, run.last()? + 1);
    Some(match first == last {
        true => first.to_string(),
        false => format!("{first}～{last}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_drawn_together() {
        assert_eq!(numbers(&[0, 1, 2, 3, 6], Lang::Ja), "1～4、7");
        assert_eq!(numbers(&[], Lang::Ja), "");
        assert_eq!(numbers(&[4, 5], Lang::Ja), "5～6");
    }

    #[test]
    fn too_many_are_counted() {
        let odd: Vec<usize> = (0..12).map(|n| n * 2).collect();
        let told = numbers(&odd, Lang::Ja);
        assert_eq!(told, "1、3、5、7、9、11、13、15 ほか4件");
        assert!(numbers(&odd, Lang::En).ends_with("and 4 more"));
    }
}
