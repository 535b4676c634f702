//! A fault of the program itself, kept to the piece of work it happened in.
//!
//! Nothing here should ever be needed. Where it is, the rest of the run goes on
//! and the person is told which part of the outcome is missing.

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};

use crate::model::Wording;

thread_local! {
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// A piece of work that broke off.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Crash {
    /// Line of the program, where it is known.
    place: Option<String>,
}

impl Crash {
    /// Its stable name.
    pub const CODE: &'static str = "internal-error";

    /// The crash for people.
    pub fn wording(&self) -> Wording {
        let place = self.place.as_deref().unwrap_or("?");
        Wording::new(
            format!(
                "点検プログラムの不具合により処理できませんでした（{place}）。お手数ですが、この表示を開発者にお知らせください。"
            ),
            format!("A fault of the program stopped this part ({place}). Please report it."),
        )
    }
}

/// Keeps crashes silent but for their place. The usual text is not printed: it
/// could hold what a record says.
pub fn install() {
    panic::set_hook(Box::new(|crash| {
        let place = crash
            .location()
            .map(|at| format!("{}:{}", at.file(), at.line()));
        PLACE.with_borrow_mut(|last| *last = place);
    }));
}

/// Does the work, and comes back even if it breaks off.
pub fn attempt<T>(work: impl FnOnce() -> T) -> Result<T, Crash> {
    PLACE.with_borrow_mut(|last| *last = None);
    // What the work had in hand is dropped with it; only its outcome is used.
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|_| Crash {
        place: PLACE.with_borrow_mut(Option::take),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_that_breaks_off_is_an_outcome() {
        assert_eq!(attempt(|| 1), Ok(1));
        assert!(attempt(|| -> u8 { panic!("a name of a user") }).is_err());
        assert_eq!(attempt(|| 2), Ok(2));
    }
}
