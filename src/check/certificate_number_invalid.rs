//! certificate-number-invalid

use unicode_normalization::UnicodeNormalization;

use super::words::words;
use super::{Context, PersonFile, Report};
use crate::model::{Verdict, When, Wording};

declare_check! {
    /// A certificate number is not ten digits.
    ///
    /// A number that only lost its leading zeros, and with them is the one that the other
    /// forms give, is a matter of notation and not found here.
    ///
    /// ## Why
    /// Records and claims are matched by this number alone.
    ///
    /// ## What to do
    /// Copy the number from the certificate; make the cell a text so that zeros stay.
    "certificate-number-invalid",
    reads: [CertificateNumber],
    title: "受給者証番号が10桁ではない",
    what: "受給者証番号が数字10桁で書かれているかを見ます。先頭の0が消えただけで、ほかの様式の番号と一致するものは数えません。",
    why: "記録と請求は、この番号で同じ利用者と分かるためです。",
    remedy: "受給者証を見て番号を書き直してください。先頭の0が消えないよう、セルの書式は文字列にしてください。",
}

fn run(context: &Context, report: &mut Report) {
    for person in context.people() {
        if context.home_days(person).next().is_none() && person.roster.is_empty() {
            continue;
        }
        let wrong = person.mentions().find_map(|(user, source)| {
            let field = &user.certificate_number;
            (field.is_unclear() && !lost_only_zeros(person, &field.raw)).then_some((field, source))
        });
        let Some((field, source)) = wrong else {
            continue;
        };
        let (verdict, said) = judged(&field.raw);
        let location = source.locate(field.cell);
        report.find(verdict, person, When::Always, said, Some(location));
    }
}

fn lost_only_zeros(person: &PersonFile, raw: &str) -> bool {
    let plain: String = raw.nfkc().filter(|c| !c.is_whitespace()).collect();
    let padded = format!("{plain:0>10}");
    let known = person.person.certificate_number.iter();
    let mut whole = person
        .mentions()
        .filter_map(|(user, _)| user.certificate_number.value())
        .chain(known);
    plain.bytes().all(|byte| byte.is_ascii_digit()) && whole.any(|n| n.as_str() == padded)
}

/// Whether the text of one number has the digits of several, of as many users.
pub(super) fn may_be_several(raw: &str) -> bool {
    const LENGTH: usize = 10;
    digits(raw) >= 2 * LENGTH
}

fn digits(raw: &str) -> usize {
    raw.nfkc().filter(char::is_ascii_digit).count()
}

/// Cut short by the spreadsheet, the number can no longer be told, and so it is with several
/// read as one; otherwise it is wrong.
fn judged(raw: &str) -> (Verdict, super::Words) {
    let plain: String = raw.nfkc().collect();
    let digits = digits(raw);
    let cut = plain.contains(['E', 'e']) && plain.contains('+') || plain.contains('#');
    let (verdict, ja, en) = if cut {
        let ja = "受給者証番号が省略された表示になっていて、読み取れません。".to_owned();
        (
            Verdict::Review,
            ja,
            "The certificate number is cut short by the spreadsheet.".to_owned(),
        )
    } else if may_be_several(raw) {
        let ja = format!(
            "受給者証番号の欄から数字{digits}桁を読みました。いくつかの番号を合わせて読んだのかもしれません。"
        );
        let en = format!("{digits} digits were read; they may be several numbers.");
        (Verdict::Review, ja, en)
    } else if digits == 0 {
        let ja = "受給者証番号の欄に、番号ではない文字があります。".to_owned();
        (
            Verdict::Deficient,
            ja,
            "The certificate number holds no digits.".to_owned(),
        )
    } else {
        let ja = format!("受給者証番号が数字10桁ではありません（数字は{digits}桁です）。");
        let en = format!("The certificate number is not ten digits (it has {digits}).");
        (Verdict::Deficient, ja, en)
    };
    let hint = Wording::new(
        "受給者証を見て番号を書き直してください。先頭の0が消えないよう、セルの書式は文字列にしてください。",
        "Copy it from the certificate; make the cell a text so that zeros stay.",
    );
    (verdict, words(Wording::new(ja, en), hint))
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{office, on, row, told, unclear, value};
    use crate::model::CertificateNumber;

    #[test]
    fn a_wrong_number_is_found_once_a_user() {
        let mut office = office();
        on(&mut office, 1).user.certificate_number = unclear("01234567890");
        on(&mut office, 3).user.certificate_number = unclear("01234567890");
        assert_eq!(
            told(&office),
            ["deficient certificate-number-invalid always"]
        );
    }

    #[test]
    fn a_lost_zero_is_notation_by_any_form_that_has_it() {
        let mut office = office();
        row(&mut office).user.certificate_number = unclear("123456789");
        office.roster[0].user.certificate_number =
            value(CertificateNumber::new("5123456789").unwrap());
        assert_eq!(
            told(&office),
            ["deficient certificate-number-mismatch always"]
        );
    }

    #[test]
    fn a_lost_zero_is_notation() {
        let mut office = office();
        row(&mut office).user.certificate_number = unclear("123456789");
        assert!(told(&office).is_empty());
        row(&mut office).user.certificate_number = unclear("123456780");
        assert_eq!(
            told(&office),
            ["deficient certificate-number-invalid always"]
        );
    }

    #[test]
    fn a_number_cut_short_cannot_be_told() {
        let mut office = office();
        row(&mut office).user.certificate_number = unclear("1.23E+09");
        assert_eq!(told(&office), ["review certificate-number-invalid always"]);
    }

    #[test]
    fn several_numbers_read_as_one_are_a_question() {
        let mut office = office();
        row(&mut office).user.certificate_number = unclear("0123456789 0123456790");
        assert_eq!(told(&office), ["review certificate-number-invalid always"]);
    }
}
