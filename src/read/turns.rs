//! How many large files are in memory at the same time, whatever the number of threads.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Bytes of content that may be read at the same time. In memory, cells take some times more.
const AT_ONCE: u64 = 32 << 20;
/// What the smallest of them counts for: bytes tell little of the cells that they make.
const LEAST: u64 = AT_ONCE / 8;
/// Bytes of a file, as stored, from which on it is read alone.
const LARGE: u64 = 4 << 20;

static IN_HAND: Mutex<u64> = Mutex::new(0);
static HANDED_BACK: Condvar = Condvar::new();

/// The right to hold some content, up to the end of its life. A thread that has one asks for
/// no other.
#[derive(Debug)]
pub(super) struct Turn(u64);

impl Turn {
    /// Waits until that much content may be read; more than may be at all is read alone.
    pub(super) fn wait(bytes: u64) -> Self {
        let bytes = bytes.clamp(LEAST, AT_ONCE);
        let mut in_hand = lock();
        while *in_hand + bytes > AT_ONCE {
            in_hand = HANDED_BACK
                .wait(in_hand)
                .unwrap_or_else(PoisonError::into_inner);
        }
        *in_hand += bytes;
        Self(bytes)
    }

    /// Waits until nobody else reads.
    pub(super) fn alone() -> Self {
        Self::wait(AT_ONCE)
    }

    /// For a file that is large as it is stored, before it is opened; `None` for any other.
    pub(super) fn of_stored(bytes: u64) -> Option<Self> {
        (bytes >= LARGE).then(Self::alone)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        *lock() -= self.0;
        HANDED_BACK.notify_all();
    }
}

fn lock() -> MutexGuard<'static, u64> {
    // A count stays right whatever its holder broke off.
    IN_HAND.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    #[test]
    fn never_more_than_fits_and_the_largest_alone() {
        let held = AtomicU64::new(0);
        std::thread::scope(|scope| {
            for size in [
                1,
                AT_ONCE / 3,
                AT_ONCE,
                AT_ONCE * 9,
                AT_ONCE / 2,
                AT_ONCE / 2,
            ] {
                let held = &held;
                scope.spawn(move || {
                    for _ in 0..50 {
                        let turn = Turn::wait(size);
                        let now = held.fetch_add(turn.0, Ordering::SeqCst) + turn.0;
                        assert!(now <= AT_ONCE);
                        held.fetch_sub(turn.0, Ordering::SeqCst);
                    }
                });
            }
        });
        assert!(Turn::of_stored(LARGE - 1).is_none() && Turn::of_stored(LARGE).is_some());
    }
}
