//! Matrices (ISO 32000-2, 8.3.3).

/// `[a b c d e f]`: x' = ax + cy + e, y' = bx + dy + f.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Matrix(pub(super) [f64; 6]);

impl Matrix {
    pub(super) const IDENTITY: Matrix = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// The matrix that applies this one first and the other then.
    pub(super) fn then(&self, other: &Matrix) -> Matrix {
        let ([a, b, c, d, e, f], [g, h, i, j, k, l]) = (self.0, other.0);
        Matrix([
            a * g + b * i,
            a * h + b * j,
            c * g + d * i,
            c * h + d * j,
            e * g + f * i + k,
            e * h + f * j + l,
        ])
    }

    pub(super) fn apply(&self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// How much lengths along the x axis grow.
    pub(super) fn x_scale(&self) -> f64 {
        self.0[0].hypot(self.0[1])
    }

    /// How much lengths along the y axis grow.
    pub(super) fn y_scale(&self) -> f64 {
        self.0[2].hypot(self.0[3])
    }
}
