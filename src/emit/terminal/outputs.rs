//! What an output folder holds now: first what is to be read first.

use std::collections::BTreeMap;
use std::path::Path;

use super::{TITLE, WORDS, fill, line};
use crate::emit::file_names::{IN_ORDER, OVERVIEW, REPORT};
use crate::model::Lang;

/// The documents of more offices than this are only counted.
const NAMED_OFFICES: usize = 3;

/// The files below `root`, by what they are: documents by name, the rest of an office's folder
/// with its number of files.
pub fn outputs<'a>(root: &Path, paths: impl IntoIterator<Item = &'a str>, lang: Lang) -> String {
    let mut files = Vec::new();
    let mut offices: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for path in paths {
        match path.split_once('/') {
            Some((office, name)) => offices.entry(office).or_default().push(name),
            None => files.push(path),
        }
    }
    let mut out = String::new();
    let title = fill(&WORDS.outputs_title, lang, 0, &root.display().to_string());
    line(&mut out, format_args!("{TITLE}{title}{TITLE:#}"));
    let mut tell = |text: String| line(&mut out, format_args!("  {text}"));
    let first = |path: &str| fill(&WORDS.outputs_first, lang, 0, path);
    if files.contains(&OVERVIEW) {
        tell(first(OVERVIEW));
        files.retain(|file| *file != OVERVIEW);
    }
    let with_count = |name: &str, count| fill(&WORDS.outputs_files, lang, count, name);
    if offices.len() <= NAMED_OFFICES {
        for (office, names) in &offices {
            for (name, count) in counted(names) {
                let path = format!("{office}/{name}");
                tell(match name {
                    REPORT if offices.len() == 1 => first(&path),
                    folder if folder.ends_with('/') => with_count(&path, count),
                    _ => path,
                });
            }
        }
    } else {
        tell(fill(&WORDS.outputs_offices, lang, offices.len(), ""));
        let names: Vec<&str> = offices.into_values().flatten().collect();
        for (name, count) in counted(&names) {
            tell(format!("  {}", with_count(name, count)));
        }
    }
    files.into_iter().map(str::to_owned).for_each(tell);
    out
}

/// How many there are of each file, and files in each folder: the documents in their order,
/// other files, then folders, whose names end with `/`.
fn counted<'a>(names: &[&'a str]) -> Vec<(&'a str, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in names {
        let folder = name.find('/').and_then(|at| name.get(..=at));
        *counts.entry(folder.unwrap_or(name)).or_default() += 1;
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    let place = |name: &str| IN_ORDER.iter().position(|known| *known == name);
    counts.sort_by_key(|(name, _)| (name.ends_with('/'), place(name).unwrap_or(IN_ORDER.len())));
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(paths: &[String], lang: Lang) -> String {
        let paths = paths.iter().map(String::as_str);
        anstream::adapter::strip_str(&outputs(Path::new("/出力"), paths, lang)).to_string()
    }

    fn office(name: &str) -> Vec<String> {
        let documents = ["修正済み/a.xlsx", "修正済み/b.xlsx", "指摘一覧.xlsx"];
        let documents = documents
            .iter()
            .chain(&["点検報告書.pdf", "証拠書類綴り.pdf"]);
        documents.map(|file| format!("{name}/{file}")).collect()
    }

    #[test]
    fn the_report_of_the_office_comes_first() {
        let mut paths = vec!["findings.json".to_owned()];
        paths.extend(office("みなと"));
        insta::assert_snapshot!(told(&paths, Lang::Ja), @r"
        出力先 /出力
          みなと/点検報告書.pdf  ← まずこちらをご覧ください
          みなと/指摘一覧.xlsx
          みなと/証拠書類綴り.pdf
          みなと/修正済み/（2ファイル）
          findings.json
        ");
    }

    #[test]
    fn of_several_offices_the_summary_comes_first() {
        let mut paths = vec!["事業所別集計.xlsx".to_owned(), "records.json".to_owned()];
        for name in ["甲", "乙"] {
            paths.extend(office(name));
        }
        let two = told(&paths, Lang::En);
        assert!(
            two.contains("  事業所別集計.xlsx  <- read this first\n  乙/点検報告書.pdf\n"),
            "{two}"
        );
        for name in ["丙", "丁"] {
            paths.extend(office(name));
        }
        insta::assert_snapshot!(told(&paths, Lang::Ja), @r"
        出力先 /出力
          事業所別集計.xlsx  ← まずこちらをご覧ください
          事業所のフォルダー 4個
            点検報告書.pdf（4ファイル）
            指摘一覧.xlsx（4ファイル）
            証拠書類綴り.pdf（4ファイル）
            修正済み/（8ファイル）
          records.json
        ");
    }

    #[test]
    fn files_without_an_office_are_listed() {
        let blank = ["参考様式1.xlsx".to_owned()];
        assert_eq!(told(&blank, Lang::Ja), "出力先 /出力\n  参考様式1.xlsx\n");
    }
}
