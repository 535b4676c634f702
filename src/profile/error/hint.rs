//! What to do about a profile that was refused.

use super::{ProfileError, ProfileProblem};
use crate::model::Wording;

impl ProfileError {
    /// What to do about it.
    pub fn hint(&self) -> Wording {
        use ProfileProblem as P;
        let (ja, en) = match &self.problem {
            P::UnknownWord { near, known, .. } | P::UnknownItem { near, known, .. } => {
                let (near_ja, near_en) = (near.join("、"), near.join(", "));
                return match (near.is_empty(), known.is_empty()) {
                    (false, _) => Wording::new(
                        format!("もしかして: {near_ja}"),
                        format!("Perhaps: {near_en}"),
                    ),
                    (true, false) => Wording::new(
                        format!("書けるのは次のとおりです: {}", known.join("、")),
                        format!("What can stand there: {}", known.join(", ")),
                    ),
                    (true, true) => Wording::new(
                        "つづりを確かめるか、その行を消してください。",
                        "Check its spelling, or delete the line.",
                    ),
                };
            }
            P::Missing => (
                "ファイルの場所と名前（拡張子 .toml）を確かめてください。",
                "Check its place and its name.",
            ),
            P::Folder => (
                "フォルダではなく、その中の .toml ファイルを指定してください。",
                "Give the .toml file in it.",
            ),
            P::Unreadable(_) => (
                "ほかのソフトで開いていないか、読み取りの権限があるかを確かめてください。",
                "Check that it may be read and no other program holds it.",
            ),
            P::TooLong => (
                "プロファイルは1MBまでです。別のファイルを指定していないか確かめてください。",
                "A profile has 1 MB at most. Check that it is the right file.",
            ),
            P::Workbook => (
                "ブックは読み取る対象（IN）に指定し、--profile には .toml ファイルを指定してください。",
                "Give workbooks as inputs, and a .toml file as the profile.",
            ),
            P::Encoding(_) => (
                "メモ帳などで開き、「名前を付けて保存」で文字コード UTF-8 を選んで保存し直してください。",
                "Save it again as UTF-8.",
            ),
            P::NotText => (
                "文字コード UTF-8 のテキストファイルを指定してください。",
                "Give a text file in UTF-8.",
            ),
            P::FullWidth { half, .. } => {
                return Wording::new(
                    format!("半角の {half} に直してください。"),
                    format!("Write the half-width {half}."),
                );
            }
            P::BeyondExcel(_) => (
                "Excelのシートは XFD1048576 までです。番地を確かめてください。",
                "A worksheet ends at XFD1048576. Check the cell.",
            ),
            P::Reversed(_) => (
                "範囲は左上と右下のセルを \"A9:F12\" の順に書いてください。",
                "Write the upper left cell first, then the lower right one: \"A9:F12\".",
            ),
            P::TooWide(_) => (
                "その項目の記入欄だけの範囲を書いてください。",
                "Give the cells of the item's box alone.",
            ),
            P::TooManyDays(_) => (
                "1日から31日までの列だけを \"C:AG\" のように書いてください。",
                "Give the columns of the 1st to the 31st alone, such as \"C:AG\".",
            ),
            P::SameCells(_) => (
                "1つの欄には1つの項目だけを書いてください。開始と終了が1つの欄にあるときは time、日付もあるときは date_time です。同じ欄に書ける組み合わせは、氏名・番号・事業所・対象月、時刻と連絡、方法と連絡・支援内容、日付と記入者だけです。",
                "Give a box to one item. Start and end in one box are `time`, with the date `date_time`. One box may hold name, numbers, office and month, a time and a contact, a method and what was said, a date and who signed.",
            ),
            P::SameTwice(_) => ("重なっている番地を1つにしてください。", "Write it once."),
            P::NoContact(_) => (
                "時刻と内容を分けて書けるのは contact だけです。ほかの項目は \"C3\" のように書いてください。",
                "Only contact is. Write other items as \"C3\".",
            ),
            P::PageAlone => (
                "page は、cells、columns、rows のいずれかに足して使います。1枚に1件の様式で一部の項目だけを直すときは、cells に書いてください。",
                "page goes with cells, columns or rows. To correct some items of a record a page, write them in cells.",
            ),
            P::MappedTwice(_) => ("どちらか一方を消してください。", "Delete one of the two."),
            P::TwoMeanings { .. } => (
                "その語は1つの項目にだけ書いてください。",
                "Give the word to one item only.",
            ),
            P::KnownWord { .. } => (
                "ここには、そのままでは読み取れない事業所独自の語だけを書きます。その行を消してください。",
                "Only words that are not known otherwise stand here. Delete the line.",
            ),
            P::NotANumber => (
                "事業所番号の10桁を number = \"4010100001\" のように書いてください。",
                "Write its ten digits, such as number = \"4010100001\".",
            ),
            P::TwoShapes => (
                "1枚に1件の様式は cells、1行に1件の表は columns と first_row、1列に1件の表は rows と first_column のうち、1つだけを書いてください。表の外にある共通の項目は page に書きます。",
                "Keep one of them: cells for a record a page, columns for one a line, rows for one a column. What records share outside a table stands in page.",
            ),
            P::Malformed(_) => (
                "かっこと引用符の閉じ忘れがないか、key = \"値\" の形になっているかを確かめてください。= の左の日本語や記号は \"◇\" のように引用符で囲みます。",
                "Check that brackets and quotes are closed and that it reads key = \"value\"; a key that is no plain ASCII word stands in quotes.",
            ),
            P::MissingKey(key) if key == "kind" => (
                "kind = \"daily\" のように、様式の種類を書いてください。",
                "Say which form it is, such as kind = \"daily\".",
            ),
            P::MissingKey(_) => ("その行を書き足してください。", "Add it."),
            P::WrongValue(example) => {
                return Wording::new(
                    format!("値は {example} の形で書いてください。"),
                    format!("Write the value as {example}."),
                );
            }
            P::SaidTwice => (
                "1つにまとめるか、どちらかの行を消してください。",
                "Put the two together, or delete one.",
            ),
            P::SeveralBoxes(_) => (
                "1つの値が並んだセルに分かれているときは \"C3:F3\" と範囲で書いてください。記録が複数あるときは repeat = true にするか、[[form]] を分けてください。",
                "Where one value is spread over cells, give a range such as \"C3:F3\". Where there are several records, use repeat = true or another [[form]].",
            ),
            P::NotMapped(_) => (
                "only_if には、cells、columns、rows のいずれかに書いた項目を指定してください。",
                "Give only_if an item that stands in cells, columns or rows.",
            ),
            P::NotPrinted => (
                "様式に印刷されている項目名を書いてください。",
                "Write the name of an item that is printed on the form.",
            ),
            P::NotADay(_) => (
                "1日から始まるときは \"C:AG\"、16日から始まるときは \"16=C:Q\" のように書いてください。",
                "Write \"C:AG\" where the 1st comes first, \"16=C:Q\" where the 16th does.",
            ),
            P::Empty => (
                "文字を書くか、その行を消してください。",
                "Write a text, or delete the line.",
            ),
            P::NotACell(_) => (
                "セルは \"C3\"、範囲は \"C3:F8\" のように書いてください。",
                "Write a cell as \"C3\", a range as \"C3:F8\".",
            ),
            P::NotAColumn(_) => (
                "列は \"C\"、複数の列は左から \"F:AJ\" のように書いてください（XFD まで）。",
                "Write a column as \"C\", several from the left as \"F:AJ\", up to XFD.",
            ),
            P::NotARow => (
                "行は1から数え、first_row = 6 のように引用符なしで書きます。最初の記録（first_row、first_column）は見出しより後にしてください。",
                "Rows are counted from 1 and written as first_row = 6; the first record (first_row, first_column) comes after the header.",
            ),
            P::NotAYear => (
                "西暦で year = 2025 のように書いてください。",
                "Write the western year, such as year = 2025.",
            ),
            P::IgnoresAll => (
                "sheet、range、text のいずれかを書いてください。",
                "Give it a sheet, a range or a text.",
            ),
            P::FitsAll => (
                "sheet = \"シート名\" か words = { A4 = \"そこにある項目名\" } を書いてください。シート名には * を使えます。",
                "Give it sheet = \"the sheet's name\", where * stands for any characters, or words = { A4 = \"a label there\" }.",
            ),
            P::NoShape => (
                "1枚に1件の様式は cells、1行に1件の表は columns と first_row、1列に1件の表は rows と first_column を書いてください。",
                "Give it cells where a record is a page, columns and first_row where it is a line, rows and first_column where it is a column.",
            ),
            P::DaysElsewhere => (
                "days は kind = \"listing\" の columns とともに使います。",
                "Use days with the columns of kind = \"listing\".",
            ),
        };
        Wording::new(ja, en)
    }
}
