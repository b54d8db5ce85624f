//! How letters to units are named and laid out, whatever their format.

/// The name of the folder of the letters to units, and what the names of the letters end with.
pub const NOTES_NAME: &str = "退回意见";

/// What a line of a letter begins with that stands at the right, as the signature does.
pub const RIGHT_ALIGNED: &str = "　　　　　　　　　　　　　　　　";
