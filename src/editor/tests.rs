//! What keys do, from one press to the draft.
