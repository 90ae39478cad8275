;; Counts pairs of points by bin, for four weightings at once.
;;
;; A point is a row of 16 bytes: for each weighting its weight as positive and as negative, i16 both. The dot
;; product of two rows, two neighbours summed, is then p·p + n·n; with one row's halves swapped, p·n + n·p; with
;; its negatives masked out, p·p.
(module
  (memory (export "memory") 1)
  (func (export "count")
    (param $pairs i32)   ;; u16 left, u16 right, of all pairs in order of their bins
    (param $starts i32)  ;; u32: where the pairs of each bin begin, and after the last bin where they end
    (param $nBins i32)
    (param $points i32)
    (param $out i32)     ;; for each bin: 4 × u32 within positive, 4 × u32 within both, 4 × u32 cross
    (local $pair i32) (local $end i32)
    (local $a v128) (local $b v128)
    (local $positive v128) (local $both v128) (local $cross v128)
    (local.set $pair (i32.add (local.get $pairs) (i32.shl (i32.load (local.get $starts)) (i32.const 2))))
    (block $done
      (loop $bins
        (br_if $done (i32.eqz (local.get $nBins)))
        (local.set $starts (i32.add (local.get $starts) (i32.const 4)))
        (local.set $end (i32.add (local.get $pairs) (i32.shl (i32.load (local.get $starts)) (i32.const 2))))
        (local.set $positive (v128.const i32x4 0 0 0 0))
        (local.set $both (v128.const i32x4 0 0 0 0))
        (local.set $cross (v128.const i32x4 0 0 0 0))
        (block $counted
          (loop $within
            (br_if $counted (i32.ge_u (local.get $pair) (local.get $end)))
            (local.set $a (v128.load (i32.add (local.get $points)
              (i32.shl (i32.load16_u (local.get $pair)) (i32.const 4)))))
            (local.set $b (v128.load (i32.add (local.get $points)
              (i32.shl (i32.load16_u offset=2 (local.get $pair)) (i32.const 4)))))
            (local.set $both (i32x4.add (local.get $both)
              (i32x4.dot_i16x8_s (local.get $a) (local.get $b))))
            (local.set $positive (i32x4.add (local.get $positive)
              (i32x4.dot_i16x8_s (local.get $a)
                (v128.and (local.get $b) (v128.const i16x8 -1 0 -1 0 -1 0 -1 0)))))
            (local.set $cross (i32x4.add (local.get $cross)
              (i32x4.dot_i16x8_s (local.get $a)
                (i8x16.shuffle 2 3 0 1 6 7 4 5 10 11 8 9 14 15 12 13 (local.get $b) (local.get $b)))))
            (local.set $pair (i32.add (local.get $pair) (i32.const 4)))
            (br $within)))
        (v128.store (local.get $out) (local.get $positive))
        (v128.store offset=16 (local.get $out) (local.get $both))
        (v128.store offset=32 (local.get $out) (local.get $cross))
        (local.set $out (i32.add (local.get $out) (i32.const 48)))
        (local.set $nBins (i32.sub (local.get $nBins) (i32.const 1)))
        (br $bins)))))
