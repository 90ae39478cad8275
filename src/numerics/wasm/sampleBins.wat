;; Passes over a part of a sample, float64.
(module
  (memory (export "memory") 1)

  ;; Carries the least value (two lanes), the largest, and whether one is no number, over `n` values, an even
  ;; number; the three lie at `ends`.
  (func (export "ends") (param $values i32) (param $n i32) (param $ends i32)
    (local $end i32) (local $value v128) (local $min v128) (local $max v128) (local $isNaN v128)
    (local.set $min (v128.load (local.get $ends)))
    (local.set $max (v128.load offset=16 (local.get $ends)))
    (local.set $isNaN (v128.load offset=32 (local.get $ends)))
    (local.set $end (i32.add (local.get $values) (i32.shl (local.get $n) (i32.const 3))))
    (block $done
      (loop $pair
        (br_if $done (i32.ge_u (local.get $values) (local.get $end)))
        (local.set $value (v128.load (local.get $values)))
        ;; Where the comparison does not hold, as with NaN, the second stays.
        (local.set $min (f64x2.pmin (local.get $min) (local.get $value)))
        (local.set $max (f64x2.pmax (local.get $max) (local.get $value)))
        (local.set $isNaN (v128.or (local.get $isNaN) (f64x2.ne (local.get $value) (local.get $value))))
        (local.set $values (i32.add (local.get $values) (i32.const 16)))
        (br $pair)))
    (v128.store (local.get $ends) (local.get $min))
    (v128.store offset=16 (local.get $ends) (local.get $max))
    (v128.store offset=32 (local.get $ends) (local.get $isNaN)))

  ;; The bins of `n` values, an even number: the whole of (value - min) times scale, from 0 to `last`, as u16 to `numbers`.
  (func (export "number") (param $values i32) (param $n i32) (param $min f64) (param $scale f64)
    (param $last i32) (param $numbers i32)
    (local $end i32) (local $bins v128) (local $mins v128) (local $scales v128) (local $lasts v128)
    (local.set $mins (f64x2.splat (local.get $min)))
    (local.set $scales (f64x2.splat (local.get $scale)))
    (local.set $lasts (i32x4.splat (local.get $last)))
    (local.set $end (i32.add (local.get $values) (i32.shl (local.get $n) (i32.const 3))))
    (block $done
      (loop $pair
        (br_if $done (i32.ge_u (local.get $values) (local.get $end)))
        (local.set $bins (i32x4.min_s (local.get $lasts) (i32x4.max_s (v128.const i32x4 0 0 0 0)
          (i32x4.trunc_sat_f64x2_s_zero (f64x2.mul (local.get $scales)
            (f64x2.sub (v128.load (local.get $values)) (local.get $mins)))))))
        (i32.store16 (local.get $numbers) (i32x4.extract_lane 0 (local.get $bins)))
        (i32.store16 offset=2 (local.get $numbers) (i32x4.extract_lane 1 (local.get $bins)))
        (local.set $values (i32.add (local.get $values) (i32.const 16)))
        (local.set $numbers (i32.add (local.get $numbers) (i32.const 4)))
        (br $pair))))

  ;; Adds one to the count, u32, of each of `n` numbers.
  (func (export "count") (param $numbers i32) (param $n i32) (param $counts i32)
    (local $end i32) (local $at i32)
    (local.set $end (i32.add (local.get $numbers) (i32.shl (local.get $n) (i32.const 1))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $numbers) (local.get $end)))
        (local.set $at (i32.add (local.get $counts)
          (i32.shl (i32.load16_u (local.get $numbers)) (i32.const 2))))
        (i32.store (local.get $at) (i32.add (i32.load (local.get $at)) (i32.const 1)))
        (local.set $numbers (i32.add (local.get $numbers) (i32.const 2)))
        (br $next))))

  ;; Puts those of `n` values whose bin is wanted, a byte of 1, to `out`; their number. Every value is written and
  ;; the next written over it if it is not: no branch to foresee. `out` has room for one more.
  (func (export "pick") (param $values i32) (param $numbers i32) (param $n i32) (param $wanted i32)
    (param $out i32) (result i32)
    (local $end i32) (local $at i32)
    (local.set $at (local.get $out))
    (local.set $end (i32.add (local.get $numbers) (i32.shl (local.get $n) (i32.const 1))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $numbers) (local.get $end)))
        (f64.store (local.get $at) (f64.load (local.get $values)))
        (local.set $at (i32.add (local.get $at) (i32.shl
          (i32.load8_u (i32.add (local.get $wanted) (i32.load16_u (local.get $numbers)))) (i32.const 3))))
        (local.set $values (i32.add (local.get $values) (i32.const 8)))
        (local.set $numbers (i32.add (local.get $numbers) (i32.const 2)))
        (br $next)))
    (i32.shr_u (i32.sub (local.get $at) (local.get $out)) (i32.const 3))))
