//! The table of checks in the README is that of the program.

use crate::support::readme;
use tenken::check::{CHECKS, names};
use tenken::model::Lang;
use tenken::notice::Notice;

#[test]
fn the_readme_lists_the_checks_with_their_clauses() -> Result<(), Box<dyn std::error::Error>> {
    let mut notices = Vec::new();
    for id in Notice::builtin_ids() {
        let notice = Notice::builtin(id, &names()).ok_or("a notice is built in")??;
        notices.push(notice);
    }
    let heads: String = notices.iter().map(|n| format!(" {} |", n.city)).collect();
    let mut table = format!("| check | what is wrong |{heads}\n|---|---|");
    table += &"---|".repeat(notices.len());
    table.push('\n');
    for check in CHECKS {
        table += &format!("| `{}` | {} |", check.name, check.title(Lang::En));
        for notice in &notices {
            table += &format!(" {} |", notice.cited(check.name).unwrap_or_default());
        }
        table.push('\n');
    }
    readme::holds("checks", &table)?;
    Ok(())
}
