//! EED's kernel: a row of costs for each reference character, over the places of the hypothesis.

/// What it costs to pass over a character of the hypothesis.
const PASS: f64 = 0.2;
/// To write a character that the hypothesis doesn't have here.
const WRITE: f64 = 1.0;
/// To jump, α.
const JUMP: f64 = 2.0;
/// What a place costs that was visited never, or once too often: ρ.
const UNEVEN: f64 = 0.3;

/// Working memory.
#[derive(Debug, Default)]
pub(super) struct Grid {
    /// What it costs to have written the reference so far and stand at each place of the hypothesis.
    row: Vec<f64>,
    visits: Vec<u32>,
}

impl Grid {
    /// The distance of two prepared texts, 0 to 1; whether the place before all must be visited too.
    ///
    /// Ties decide what is visited, and sums of 0.2 tie or not by their rounding: so costs are floats,
    /// added in the order in which a path takes them.
    pub(super) fn distance(
        &mut self,
        hypothesis: &[char],
        reference: &[char],
        start_counts: bool,
    ) -> f64 {
        if hypothesis.is_empty() || reference.is_empty() {
            return 1.0;
        }
        self.start(hypothesis.len());
        for symbol in reference {
            let (least, place) = advance(&mut self.row, hypothesis, *symbol);
            self.visits[place] += 1;
            if *symbol == ' ' {
                self.row.iter_mut().for_each(|cost| *cost = less(*cost, least + JUMP));
            }
        }
        let uneven = UNEVEN * f64::from(self.uneven(start_counts));
        let cost = self.row[hypothesis.len()] + uneven;
        less(1.0, cost / (reference.len() as f64 + uneven))
    }

    /// Before the reference: no cost at the first place, and at any other that of a jump within the hypothesis.
    fn start(&mut self, length: usize) {
        self.row.clear();
        self.row.resize(length + 1, 1.0);
        self.row[0] = 0.0;
        self.visits.clear();
        self.visits.resize(length + 1, 0);
    }

    /// How many visits there are too many or too few.
    fn uneven(&self, start_counts: bool) -> u32 {
        let places = &self.visits[usize::from(!start_counts)..];
        places.iter().map(|visits| visits.abs_diff(1)).sum()
    }
}

/// One reference character more; the least cost, and the first place that has it.
fn advance(row: &mut [f64], hypothesis: &[char], symbol: char) -> (f64, usize) {
    let mut diagonal = row[0];
    row[0] += WRITE;
    let mut left = row[0];
    let (mut least, mut place) = (left, 0);
    for (at, (cell, own)) in row[1..].iter_mut().zip(hypothesis).enumerate() {
        let step = diagonal + f64::from(u8::from(*own != symbol));
        diagonal = *cell;
        left = less(left + PASS, less(step, diagonal + WRITE));
        *cell = left;
        if left < least {
            (least, place) = (left, at + 1);
        }
    }
    (least, place)
}

/// The lesser of two costs, neither of which is NaN.
fn less(a: f64, b: f64) -> f64 {
    if a < b { a } else { b }
}
