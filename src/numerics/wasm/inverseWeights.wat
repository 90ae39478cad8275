;; Weighs the pairs of one point with those after it by the inverse of their distance.
(module
  (memory (export "memory") 1)

  ;; Adds weights and weighted energies of a row of pairs to those of both points of each pair, in f64; returns how
  ;; many pairs were added. Left out are those nearer than the products can tell, and what lies behind the row up to a
  ;; multiple of four, where `lengths` must be NaN.
  (func (export "row")
    (param $products i32) ;; f32, of the row's base points with the point's
    (param $cosines i32)  ;; f32, of their vectors
    (param $lengths i32)  ;; f32, squared, of the row's base points
    (param $n i32)
    (param $own f32)      ;; squared length of the point's base point
    (param $near f32)     ;; share of the squared lengths that a squared distance must exceed
    (param $root i32)     ;; whether the distance is the root of the squared one; else proportional to it
    (param $sums i32)     ;; f64: weight · energy of each of the row's points
    (param $weights i32)  ;; f64
    (param $ownSum i32)   ;; f64: where the point's own are
    (param $ownWeight i32)
    (result i32)
    (local $end i32) (local $added i32)
    (local $scale v128) (local $square v128) (local $clear v128) (local $weight v128) (local $energy v128)
    (local $part v128) (local $sum v128) (local $total v128)
    (local.set $end (i32.add (local.get $products) (i32.shl (local.get $n) (i32.const 2))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $products) (local.get $end)))
        (local.set $scale
          (f32x4.add (f32x4.splat (local.get $own)) (v128.load (local.get $lengths))))
        (local.set $square (v128.load (local.get $products)))
        (local.set $square
          (f32x4.sub (local.get $scale) (f32x4.add (local.get $square) (local.get $square))))
        (local.set $clear
          (f32x4.gt (local.get $square) (f32x4.mul (f32x4.splat (local.get $near)) (local.get $scale))))
        (local.set $added
          (i32.add (local.get $added) (i32.popcnt (i32x4.bitmask (local.get $clear)))))
        (if (local.get $root) (then (local.set $square (f32x4.sqrt (local.get $square)))))
        (local.set $weight
          (v128.and (local.get $clear)
            (f32x4.div (v128.const f32x4 1 1 1 1) (local.get $square))))
        (local.set $energy
          (f32x4.mul (local.get $weight)
            (f32x4.sub (v128.const f32x4 1 1 1 1) (v128.load (local.get $cosines)))))

        (local.set $part (f64x2.promote_low_f32x4 (local.get $weight)))
        (local.set $total (f64x2.add (local.get $total) (local.get $part)))
        (v128.store (local.get $weights) (f64x2.add (v128.load (local.get $weights)) (local.get $part)))
        (local.set $part
          (f64x2.promote_low_f32x4
            (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $weight) (local.get $weight))))
        (local.set $total (f64x2.add (local.get $total) (local.get $part)))
        (v128.store offset=16 (local.get $weights)
          (f64x2.add (v128.load offset=16 (local.get $weights)) (local.get $part)))

        (local.set $part (f64x2.promote_low_f32x4 (local.get $energy)))
        (local.set $sum (f64x2.add (local.get $sum) (local.get $part)))
        (v128.store (local.get $sums) (f64x2.add (v128.load (local.get $sums)) (local.get $part)))
        (local.set $part
          (f64x2.promote_low_f32x4
            (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $energy) (local.get $energy))))
        (local.set $sum (f64x2.add (local.get $sum) (local.get $part)))
        (v128.store offset=16 (local.get $sums)
          (f64x2.add (v128.load offset=16 (local.get $sums)) (local.get $part)))

        (local.set $products (i32.add (local.get $products) (i32.const 16)))
        (local.set $cosines (i32.add (local.get $cosines) (i32.const 16)))
        (local.set $lengths (i32.add (local.get $lengths) (i32.const 16)))
        (local.set $sums (i32.add (local.get $sums) (i32.const 32)))
        (local.set $weights (i32.add (local.get $weights) (i32.const 32)))
        (br $next)))
    (f64.store (local.get $ownSum)
      (f64.add (f64.load (local.get $ownSum))
        (f64.add (f64x2.extract_lane 0 (local.get $sum)) (f64x2.extract_lane 1 (local.get $sum)))))
    (f64.store (local.get $ownWeight)
      (f64.add (f64.load (local.get $ownWeight))
        (f64.add (f64x2.extract_lane 0 (local.get $total)) (f64x2.extract_lane 1 (local.get $total)))))
    (local.get $added)))
