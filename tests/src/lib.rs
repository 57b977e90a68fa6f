//! Tests over the whole workspace; see `tests/`.
