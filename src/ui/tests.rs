//! What the screens promise, read from the drawn frame.
