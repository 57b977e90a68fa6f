//! Scratch.
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "x")]
use std::time::Instant;
fn time<T>(name: &str, n: usize, mut f: impl FnMut() -> T) {
    let mut best = f64::MAX;
    for _ in 0..7 {
        let t = Instant::now();
        let x = f();
        let s = t.elapsed().as_secs_f64();
        drop(x);
        best = best.min(s);
    }
    println!("{name}: {:.0} MB/s", n as f64 / best / 1e6);
}
fn main() {
    for f in ["para", "wrap"] {
        let t = std::fs::read_to_string(format!("/tmp/b/{f}.txt")).unwrap();
        let g = std::fs::read(format!("/tmp/b/{f}.gb")).unwrap();
        println!("block {}", size_of::<qingwen_model::Block>());
        time("copy", t.len(), || t.clone());
        time("lines only", t.len(), || t.lines().map(|l| l.len()).sum::<usize>());
        time("lines strings", t.len(), || t.lines().map(|l| l.to_owned()).collect::<Vec<String>>());
        time("read_str", t.len(), || qingwen_text::read_str(&t));
        for k in [1, 4, 16] {
            let p = &t[..t.floor_char_boundary(t.len() / 64 / k)];
            time(&format!("read_str {} kB", p.len() / 1000), p.len(), || qingwen_text::read_str(p));
        }
        time("read utf8", t.len(), || qingwen_text::read(t.as_bytes(), &Default::default()).unwrap());
        time("encoding_rs gb", g.len(), || encoding_rs::GB18030.decode(&g).0.into_owned());
        let mut out = String::with_capacity(t.len() * 2);
        time("encoding_rs gb prealloc", g.len(), || {
            out.clear();
            let mut d = encoding_rs::GB18030.new_decoder();
            let _ = d.decode_to_string(&g, &mut out, true);
            out.len()
        });
    }
}
