//! 均, 全部: what is said of all of them at once, without another number.

use super::claim::{Claim, Said};
use super::lexicon::{Applicant, Ended, Review, Word};
use super::scan::{Item, Spot};
use super::state::{Context, Reader};
use super::topic::{Topic, review};

/// 均, 全部 and what was done with all of them.
pub fn all(reader: &mut Reader, spots: &[Spot], at: usize) {
    if !reader.is_whole() {
        return;
    }
    let rest = spots[at + 1..].iter().take_while(|spot| !spot.is_stop());
    if rest.clone().any(|spot| matches!(spot.item, Item::Number(_))) {
        return;
    }
    let Some(done) = rest.clone().find(|spot| spot.word().is_some_and(|word| word != Word::Harmless)) else {
        return;
    };
    if !reader.is_clear(spots, spots[at].end, done.start) {
        return;
    }
    let (start, end) = (spots[at].start, done.end);
    match done.word() {
        Some(Word::Ended(Ended::Upheld)) => {
            let cases: Vec<(u64, Vec<Review>)> = reader
                .here()
                .filter_map(|figure| match &figure.topic {
                    Topic::Review(kinds, None) => Some((figure.count, kinds.clone())),
                    _ => None,
                })
                .collect();
            for (count, kinds) in cases {
                let sums = vec![review(&kinds, Some(Ended::Upheld))];
                reader.claims.push(Claim { start, end, said: Said::Count(count), sums });
            }
        }
        Some(Word::Answer) => {
            let last = reader.here().next_back().map(|figure| &figure.topic);
            let came = matches!(last, Some(Topic::Received { .. } | Topic::New | Topic::Applicant(_)));
            if came && reader.context == Context::Requests {
                let sums = Topic::CarriedOut.sums();
                reader.all_done.push(Claim { start, end, said: Said::Zero, sums });
            }
        }
        Some(Word::Applicant(Applicant::Natural)) if reader.here().next_back().is_some() => {
            let mut sums = Topic::Applicant(Applicant::Organisations).sums();
            sums.truncate(1);
            reader.claims.push(Claim { start, end, said: Said::Zero, sums });
        }
        _ => {}
    }
}
