//! 均, 全部: statements about all of something without another number.

use super::claim::{Assertion, Claim};
use super::lexicon::{Applicant, CaseOutcome, Review, WordKind};
use super::number::TextNumber;
use super::state::{ClauseContext, Figure, Reader};
use super::token::{TextToken, TokenKind};
use super::topic::{Topic, review_sum};

/// Adds the claims of 均 or 全部 at `at` and the verb after it.
pub fn claim_all(reader: &mut Reader, tokens: &[TextToken], at: usize) {
    if !reader.is_whole() {
        return;
    }
    let rest = tokens[at + 1..].iter().take_while(|token| !token.ends_phrase());
    // 均在15个工作日内答复 counts nothing.
    let counts = |token: &TextToken| {
        matches!(token.kind, TokenKind::Number(TextNumber::Count(_) | TextNumber::Percentage { .. }))
    };
    if rest.clone().any(counts) {
        return;
    }
    let Some(done) = rest.clone().find(|token| token.word().is_some_and(|word| word != WordKind::Harmless))
    else {
        return;
    };
    if !reader.is_clear(tokens, tokens[at].end, done.start) {
        return;
    }
    let (start, end) = (tokens[at].start, done.end);
    match done.word() {
        Some(WordKind::CaseOutcome(CaseOutcome::Upheld)) => {
            let cases: Vec<(u64, Vec<Review>)> = reader
                .here()
                .filter_map(|figure| match &figure.topic {
                    Topic::Review(kinds, None) => Some((figure.count, kinds.clone())),
                    _ => None,
                })
                .collect();
            for (count, kinds) in cases {
                let sums = vec![review_sum(&kinds, Some(CaseOutcome::Upheld))];
                reader.claims.push(Claim {
                    start,
                    end,
                    number: start..end,
                    assertion: Assertion::Count(count),
                    sums,
                });
            }
        }
        Some(WordKind::Answer) => {
            let carried_in = |figure: &&Figure| figure.topic == Topic::CarriedIn;
            let Some(last) = reader.here().rev().find(|figure| !carried_in(figure)) else { return };
            let came = matches!(
                last.topic,
                Topic::Received { .. } | Topic::New | Topic::Applicant(_) | Topic::Processed
            );
            if came && reader.context == ClauseContext::Requests {
                let assertion = Assertion::Done { of: last.count };
                let sums = Topic::CarriedOut.sums();
                reader.all_done.push(Claim { start, end, number: start..end, assertion, sums });
            }
        }
        Some(WordKind::Applicant(Applicant::Natural | Applicant::Citizen))
            if reader.here().next_back().is_some() =>
        {
            let mut sums = Topic::Applicant(Applicant::Organisations).sums();
            sums.truncate(1);
            reader.claims.push(Claim { start, end, number: start..end, assertion: Assertion::Zero, sums });
        }
        _ => {}
    }
}
