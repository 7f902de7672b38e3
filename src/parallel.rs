//! Ordered work over segments: on rayon's threads with the feature `parallel`, else on this one.
//!
//! The results come in the order of the segments, and what is done with them is done one after the
//! other, so nothing that is computed can depend on the number of threads.

use crate::error::Result;

/// Segments a thread takes at a time: enough to hide the hand-over, few enough to share evenly.
#[cfg(feature = "parallel")]
const CHUNK: usize = 64;

/// `work(scratch, 0..n)` in order; the first error in that order, if there is one.
pub(crate) fn try_map<S, T: Send>(
    n: usize,
    scratch: impl Fn() -> S + Sync + Send,
    work: impl Fn(&mut S, usize) -> Result<T> + Sync + Send,
) -> Result<Vec<T>> {
    #[cfg(feature = "parallel")]
    if n > CHUNK && rayon::current_num_threads() > 1 {
        use rayon::prelude::*;
        let chunks: Vec<Result<Vec<T>>> = (0..n.div_ceil(CHUNK))
            .into_par_iter()
            .map_init(&scratch, |scratch, chunk| {
                let segments = chunk * CHUNK..n.min((chunk + 1) * CHUNK);
                segments.map(|segment| work(scratch, segment)).collect()
            })
            .collect();
        let mut all = Vec::with_capacity(n);
        for chunk in chunks {
            all.extend(chunk?);
        }
        return Ok(all);
    }
    let mut scratch = scratch();
    (0..n).map(|segment| work(&mut scratch, segment)).collect()
}

/// `work(0..n)` in order, for few and heavy pieces of work.
pub(crate) fn map<T: Send>(n: usize, work: impl Fn(usize) -> T + Sync + Send) -> Vec<T> {
    #[cfg(feature = "parallel")]
    if n > 1 && rayon::current_num_threads() > 1 {
        use rayon::prelude::*;
        return (0..n).into_par_iter().map(work).collect();
    }
    (0..n).map(work).collect()
}

/// Calls `work(scratch, i, cells)` for every run of `width` cells of `rows`.
pub(crate) fn fill_rows<S, T: Send>(
    rows: &mut [T],
    width: usize,
    scratch: impl Fn() -> S + Sync + Send,
    work: impl Fn(&mut S, usize, &mut [T]) + Sync + Send,
) {
    let work = |scratch: &mut S, i: usize, row: &mut [T]| {
        work(scratch, i, row);
        Ok(())
    };
    // It can't fail.
    let _ = try_fill_rows(rows, width, scratch, work);
}

/// The same with work that can fail: the first error in the order of the rows, if there is one.
pub(crate) fn try_fill_rows<S, T: Send>(
    rows: &mut [T],
    width: usize,
    scratch: impl Fn() -> S + Sync + Send,
    work: impl Fn(&mut S, usize, &mut [T]) -> Result<()> + Sync + Send,
) -> Result<()> {
    let part = |scratch: &mut S, first: usize, rows: &mut [T]| {
        let mut rows = (first..).zip(rows.chunks_exact_mut(width));
        rows.try_for_each(|(i, row)| work(scratch, i, row))
    };
    #[cfg(feature = "parallel")]
    if rows.len() > CHUNK * width && rayon::current_num_threads() > 1 {
        use rayon::prelude::*;
        let parts = rows.par_chunks_mut(CHUNK * width).enumerate();
        let done: Vec<Result<()>> = parts
            .map_init(&scratch, |scratch, (chunk, rows)| part(scratch, chunk * CHUNK, rows))
            .collect();
        return done.into_iter().collect();
    }
    part(&mut scratch(), 0, rows)
}
