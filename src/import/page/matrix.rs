//! Places in one system of coordinates to places in another.

/// An affine map: `x' = ax + cy + e`, `y' = bx + dy + f`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Matrix(pub [f32; 6]);

impl Default for Matrix {
    fn default() -> Self {
        Matrix([1.0, 0.0, 0.0, 1.0, 0.0, 0.0])
    }
}

impl Matrix {
    /// Returns the map that does this one and then the other.
    pub fn then(&self, next: &Matrix) -> Matrix {
        let [a, b, c, d, e, f] = self.0;
        let [x, y] = [next.vector(a, b), next.vector(c, d)];
        let origin = next.point(e, f);
        Matrix([x.0, x.1, y.0, y.1, origin.0, origin.1])
    }

    /// Returns where a point comes to be.
    pub fn point(&self, x: f32, y: f32) -> (f32, f32) {
        let (dx, dy) = self.vector(x, y);
        (dx + self.0[4], dy + self.0[5])
    }

    /// Returns what a vector becomes.
    pub fn vector(&self, x: f32, y: f32) -> (f32, f32) {
        let [a, b, c, d, ..] = self.0;
        (a * x + c * y, b * x + d * y)
    }
}
