//! Brings what many workers finish back into the order in which it was begun, with bounded memory.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Things numbered from 0, given in any order and passed on in theirs.
pub(crate) struct Ordered<T, S> {
    state: Mutex<State<T, S>>,
    room: Condvar,
    /// How much may wait for an earlier thing before [`admit`](Ordered::admit) holds new work back.
    budget: usize,
}

struct State<T, S> {
    next: u64,
    waiting: BTreeMap<u64, (T, usize)>,
    held: usize,
    sink: S,
}

impl<T, S> Ordered<T, S> {
    /// An order whose things go to `sink`.
    pub(crate) fn new(sink: S, budget: usize) -> Self {
        let state = State { next: 0, waiting: BTreeMap::new(), held: 0, sink };
        Ordered { state: Mutex::new(state), room: Condvar::new(), budget }
    }

    fn lock(&self) -> MutexGuard<'_, State<T, S>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether there is room for more. Who has nothing begun may `wait` until there is: the holder of the lowest
    /// number then never waits here, so there always is room in the end.
    pub(crate) fn admit(&self, wait: bool) -> bool {
        let mut state = self.lock();
        while wait && state.held > self.budget {
            state = self.room.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.held <= self.budget
    }

    /// Gives thing `number`, which takes `size` bytes while it waits; `pass` is called with every thing whose
    /// turn has come.
    pub(crate) fn put(&self, number: u64, thing: T, size: usize, mut pass: impl FnMut(&mut S, T)) {
        let mut state = self.lock();
        let full = state.held > self.budget;
        state.held += size;
        state.waiting.insert(number, (thing, size));
        loop {
            let next = state.next;
            let Some((thing, size)) = state.waiting.remove(&next) else { break };
            state.held -= size;
            state.next += 1;
            pass(&mut state.sink, thing);
        }
        if full && state.held <= self.budget {
            self.room.notify_all();
        }
    }

    /// Does something to the sink out of turn.
    pub(crate) fn with_sink(&self, act: impl FnOnce(&mut S)) {
        act(&mut self.lock().sink);
    }

    /// The sink, when all is done.
    pub(crate) fn into_sink(self) -> S {
        self.state.into_inner().unwrap_or_else(PoisonError::into_inner).sink
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn things_come_in_order_however_they_are_given(order in Just((0..40u64).collect::<Vec<_>>()).prop_shuffle()) {
            let ordered = Ordered::new(Vec::new(), 1000);
            for number in order {
                ordered.put(number, number, 1, |sink: &mut Vec<u64>, thing| sink.push(thing));
            }
            prop_assert_eq!(ordered.into_sink(), (0..40).collect::<Vec<_>>());
        }
    }
}
