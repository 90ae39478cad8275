;; From products of points to distances, and rows of numbers from float32 to float64.
;;
;; A block is `rows` x `columns` of products, row by row. Of row r the distances of the columns from
;; `first` + r * `step` on are written, without gaps: with a step of 1 that is what lies above a diagonal.
;; The arithmetic is that of distanceOfSquare in pairDistances.ts, to the last bit.
(module
  (memory (export "memory") 1)

  ;; |x - y|^2 / 2 = 1 - xy of points of unit length; how many are safe.
  (func (export "cosine")
    (param $products i32) (param $columns i32) (param $rows i32) (param $first i32) (param $step i32)
    (param $out i32) (result i32)
    (local $at i32) (local $end i32) (local $pairsEnd i32) (local $row i32)
    (local $square v128) (local $safe v128)
    (local.set $columns (i32.shl (local.get $columns) (i32.const 3)))
    (local.set $first (i32.shl (local.get $first) (i32.const 3)))
    (local.set $step (i32.shl (local.get $step) (i32.const 3)))
    (local.set $row (local.get $products))
    (block $done
      (loop $next
        (br_if $done (i32.eqz (local.get $rows)))
        (local.set $at (i32.add (local.get $row) (local.get $first)))
        (local.set $end (i32.add (local.get $row) (local.get $columns)))
        (local.set $pairsEnd (i32.sub (local.get $end) (i32.const 8)))
        (block $rowDone
          (loop $pair
            (br_if $rowDone (i32.ge_s (local.get $at) (local.get $pairsEnd)))
            (local.set $square (f64x2.sub (v128.const f64x2 2 2)
              (f64x2.mul (v128.const f64x2 2 2) (v128.load (local.get $at)))))
            (local.set $safe (i64x2.add (local.get $safe) (v128.and
              (f64x2.ge (local.get $square) (v128.const f64x2 0.02 0.02))
              (f64x2.le (local.get $square) (v128.const f64x2 4 4)))))
            (v128.store (local.get $out)
              (call $rounded (f64x2.mul (local.get $square) (v128.const f64x2 0.5 0.5))))
            (local.set $at (i32.add (local.get $at) (i32.const 16)))
            (local.set $out (i32.add (local.get $out) (i32.const 16)))
            (br $pair)))
        (if (i32.lt_s (local.get $at) (local.get $end))
          (then
            (local.set $square (f64x2.sub (v128.const f64x2 2 2)
              (f64x2.mul (v128.const f64x2 2 2) (v128.load64_zero (local.get $at)))))
            ;; The second lane is none.
            (local.set $safe (i64x2.add (local.get $safe) (v128.and (v128.const i64x2 -1 0) (v128.and
              (f64x2.ge (local.get $square) (v128.const f64x2 0.02 0.02))
              (f64x2.le (local.get $square) (v128.const f64x2 4 4))))))
            (v128.store64_lane 0 (local.get $out)
              (call $rounded (f64x2.mul (local.get $square) (v128.const f64x2 0.5 0.5))))
            (local.set $out (i32.add (local.get $out) (i32.const 8)))))
        (local.set $row (i32.add (local.get $row) (local.get $columns)))
        (local.set $first (i32.add (local.get $first) (local.get $step)))
        (local.set $rows (i32.sub (local.get $rows) (i32.const 1)))
        (br $next)))
    (call $negativeSum (local.get $safe)))

  ;; root of (|x|^2 + |y|^2 - 2xy); `rowSquares` and `columnSquares` are the squared lengths. How many are safe.
  (func (export "euclidean")
    (param $products i32) (param $columns i32) (param $rows i32) (param $first i32) (param $step i32)
    (param $out i32) (param $rowSquares i32) (param $columnSquares i32) (result i32)
    (local $at i32) (local $end i32) (local $pairsEnd i32) (local $row i32) (local $toSquares i32)
    (local $square v128) (local $scale v128) (local $safe v128)
    (local.set $columns (i32.shl (local.get $columns) (i32.const 3)))
    (local.set $first (i32.shl (local.get $first) (i32.const 3)))
    (local.set $step (i32.shl (local.get $step) (i32.const 3)))
    (local.set $row (local.get $products))
    (block $done
      (loop $next
        (br_if $done (i32.eqz (local.get $rows)))
        (local.set $at (i32.add (local.get $row) (local.get $first)))
        (local.set $end (i32.add (local.get $row) (local.get $columns)))
        (local.set $pairsEnd (i32.sub (local.get $end) (i32.const 8)))
        (local.set $toSquares (i32.sub (local.get $columnSquares) (local.get $row)))
        (block $rowDone
          (loop $pair
            (br_if $rowDone (i32.ge_s (local.get $at) (local.get $pairsEnd)))
            (local.set $scale (f64x2.add (v128.load64_splat (local.get $rowSquares))
              (v128.load (i32.add (local.get $at) (local.get $toSquares)))))
            (local.set $square (f64x2.sub (local.get $scale)
              (f64x2.mul (v128.const f64x2 2 2) (v128.load (local.get $at)))))
            (local.set $safe (i64x2.add (local.get $safe) (v128.and
              (f64x2.ge (local.get $square) (f64x2.mul (v128.const f64x2 0.01 0.01) (local.get $scale)))
              (f64x2.le (local.get $square) (f64x2.mul (v128.const f64x2 2 2) (local.get $scale))))))
            (v128.store (local.get $out) (call $rounded (f64x2.sqrt (local.get $square))))
            (local.set $at (i32.add (local.get $at) (i32.const 16)))
            (local.set $out (i32.add (local.get $out) (i32.const 16)))
            (br $pair)))
        (if (i32.lt_s (local.get $at) (local.get $end))
          (then
            (local.set $scale (f64x2.add (v128.load64_splat (local.get $rowSquares))
              (v128.load64_zero (i32.add (local.get $at) (local.get $toSquares)))))
            (local.set $square (f64x2.sub (local.get $scale)
              (f64x2.mul (v128.const f64x2 2 2) (v128.load64_zero (local.get $at)))))
            (local.set $safe (i64x2.add (local.get $safe) (v128.and (v128.const i64x2 -1 0) (v128.and
              (f64x2.ge (local.get $square) (f64x2.mul (v128.const f64x2 0.01 0.01) (local.get $scale)))
              (f64x2.le (local.get $square) (f64x2.mul (v128.const f64x2 2 2) (local.get $scale)))))))
            (v128.store64_lane 0 (local.get $out) (call $rounded (f64x2.sqrt (local.get $square))))
            (local.set $out (i32.add (local.get $out) (i32.const 8)))))
        (local.set $row (i32.add (local.get $row) (local.get $columns)))
        (local.set $rowSquares (i32.add (local.get $rowSquares) (i32.const 8)))
        (local.set $first (i32.add (local.get $first) (local.get $step)))
        (local.set $rows (i32.sub (local.get $rows) (i32.const 1)))
        (br $next)))
    (call $negativeSum (local.get $safe)))

  ;; To 40 bits (Veltkamp 1968): high - (high - d), high = d * (2^13 + 1).
  (func $rounded (param $d v128) (result v128)
    (local $high v128)
    (local.set $high (f64x2.mul (local.get $d) (v128.const f64x2 8193 8193)))
    (f64x2.sub (local.get $high) (f64x2.sub (local.get $high) (local.get $d))))

  ;; Comparisons that hold are -1.
  (func $negativeSum (param $counts v128) (result i32)
    (i32.sub (i32.const 0) (i32.wrap_i64 (i64.add
      (i64x2.extract_lane 0 (local.get $counts))
      (i64x2.extract_lane 1 (local.get $counts))))))

  ;; |x|^2 of float32 numbers, in the order of squaredLength in pairDistances.ts; `dim` is a multiple of 4.
  (func (export "squaredLength") (param $from i32) (param $dim i32) (result f64)
    (local $end i32) (local $x v128) (local $low v128) (local $high v128)
    (local.set $end (i32.add (local.get $from) (i32.shl (local.get $dim) (i32.const 2))))
    (block $done
      (loop $four
        (br_if $done (i32.ge_u (local.get $from) (local.get $end)))
        (local.set $x (f64x2.promote_low_f32x4 (v128.load64_zero (local.get $from))))
        (local.set $low (f64x2.add (local.get $low) (f64x2.mul (local.get $x) (local.get $x))))
        (local.set $x (f64x2.promote_low_f32x4 (v128.load64_zero offset=8 (local.get $from))))
        (local.set $high (f64x2.add (local.get $high) (f64x2.mul (local.get $x) (local.get $x))))
        (local.set $from (i32.add (local.get $from) (i32.const 16)))
        (br $four)))
    (f64.add
      (f64.add (f64x2.extract_lane 0 (local.get $low)) (f64x2.extract_lane 1 (local.get $low)))
      (f64.add (f64x2.extract_lane 0 (local.get $high)) (f64x2.extract_lane 1 (local.get $high)))))

  ;; float32 numbers times a factor, as float64; `dim` is a multiple of 4.
  (func (export "scale") (param $from i32) (param $dim i32) (param $factor f64) (param $out i32)
    (local $end i32) (local $factors v128)
    (local.set $factors (f64x2.splat (local.get $factor)))
    (local.set $end (i32.add (local.get $from) (i32.shl (local.get $dim) (i32.const 2))))
    (block $done
      (loop $four
        (br_if $done (i32.ge_u (local.get $from) (local.get $end)))
        (v128.store (local.get $out) (f64x2.mul (local.get $factors)
          (f64x2.promote_low_f32x4 (v128.load64_zero (local.get $from)))))
        (v128.store offset=16 (local.get $out) (f64x2.mul (local.get $factors)
          (f64x2.promote_low_f32x4 (v128.load64_zero offset=8 (local.get $from)))))
        (local.set $from (i32.add (local.get $from) (i32.const 16)))
        (local.set $out (i32.add (local.get $out) (i32.const 32)))
        (br $four)))))
