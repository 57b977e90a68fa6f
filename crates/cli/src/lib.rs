//! The qingwen command.
