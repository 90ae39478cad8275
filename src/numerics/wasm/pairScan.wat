;; Counts the pairs of one point with many others, by bin and by lane: a lane is a 0 or 1 of every point.
;;
;; A group of lanes is six vectors of eight u16, 96 bytes; lane 0 is 1 for every point. `place` finds the bins of a
;; row of products, `count` adds the others' lanes into a table of bins, and `fold` adds the table, with the lanes
;; of the point itself, to the sums of all rows and clears it.
(module
  (memory (export "memory") 1)

  ;; Replaces products by the byte offsets, bin · 96, of their bins.
  (func (export "place")
    (param $at i32)      ;; f32 products; u32 offsets afterwards
    (param $n i32)       ;; a multiple of 4
    (param $root i32)    ;; whether the distance is the root of the product
    (param $factor f32)  ;; cell = distance · factor + term
    (param $term f32)
    (param $lastCell i32)
    (param $map i32)     ;; u16: the bin of each cell
    (local $end i32) (local $x v128) (local $cell v128)
    (local.set $end (i32.add (local.get $at) (i32.shl (local.get $n) (i32.const 2))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
        (local.set $x (v128.load (local.get $at)))
        (if (local.get $root)
          (then (local.set $x (f32x4.sqrt (f32x4.max (local.get $x) (v128.const f32x4 0 0 0 0))))))
        (local.set $cell
          (i32x4.shl
            (i32x4.min_s
              (i32x4.max_s
                (i32x4.trunc_sat_f32x4_s
                  (f32x4.add
                    (f32x4.mul (local.get $x) (f32x4.splat (local.get $factor)))
                    (f32x4.splat (local.get $term))))
                (v128.const i32x4 0 0 0 0))
              (i32x4.splat (local.get $lastCell)))
            (i32.const 1)))
        (i32.store (local.get $at)
          (i32.mul (i32.const 96)
            (i32.load16_u (i32.add (local.get $map) (i32x4.extract_lane 0 (local.get $cell))))))
        (i32.store offset=4 (local.get $at)
          (i32.mul (i32.const 96)
            (i32.load16_u (i32.add (local.get $map) (i32x4.extract_lane 1 (local.get $cell))))))
        (i32.store offset=8 (local.get $at)
          (i32.mul (i32.const 96)
            (i32.load16_u (i32.add (local.get $map) (i32x4.extract_lane 2 (local.get $cell))))))
        (i32.store offset=12 (local.get $at)
          (i32.mul (i32.const 96)
            (i32.load16_u (i32.add (local.get $map) (i32x4.extract_lane 3 (local.get $cell))))))
        (local.set $at (i32.add (local.get $at) (i32.const 16)))
        (br $next))))

  (func (export "count")
    (param $offsets i32) ;; u32 of each other point
    (param $n i32)
    (param $lanes i32)   ;; 96 bytes of each other point
    (param $table i32)   ;; 96 bytes of each bin
    (local $end i32) (local $bin i32)
    (local.set $end (i32.add (local.get $offsets) (i32.shl (local.get $n) (i32.const 2))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $offsets) (local.get $end)))
        (local.set $bin (i32.add (local.get $table) (i32.load (local.get $offsets))))
        (v128.store (local.get $bin)
          (i16x8.add (v128.load (local.get $bin)) (v128.load (local.get $lanes))))
        (v128.store offset=16 (local.get $bin)
          (i16x8.add (v128.load offset=16 (local.get $bin)) (v128.load offset=16 (local.get $lanes))))
        (v128.store offset=32 (local.get $bin)
          (i16x8.add (v128.load offset=32 (local.get $bin)) (v128.load offset=32 (local.get $lanes))))
        (v128.store offset=48 (local.get $bin)
          (i16x8.add (v128.load offset=48 (local.get $bin)) (v128.load offset=48 (local.get $lanes))))
        (v128.store offset=64 (local.get $bin)
          (i16x8.add (v128.load offset=64 (local.get $bin)) (v128.load offset=64 (local.get $lanes))))
        (v128.store offset=80 (local.get $bin)
          (i16x8.add (v128.load offset=80 (local.get $bin)) (v128.load offset=80 (local.get $lanes))))
        (local.set $lanes (i32.add (local.get $lanes) (i32.const 96)))
        (local.set $offsets (i32.add (local.get $offsets) (i32.const 4)))
        (br $next))))

  ;; With T a bin's counts, t = T[0], and the point's masks a, b and c, adds T & a to the first sums and
  ;; (T & b) + (t & c) to the second ones. The latter must stay below 65,536 for each bin and row.
  (func (export "fold")
    (param $table i32)
    (param $nBins i32)
    (param $masks i32)   ;; for each of the six vectors: a, b, c, 16 bytes each
    (param $sums i32)    ;; for each bin and vector: 8 first sums, 8 second ones, u32
    (local $vector i32) (local $mask i32) (local $all v128) (local $t v128) (local $u v128)
    (block $done
      (loop $bins
        (br_if $done (i32.eqz (local.get $nBins)))
        (local.set $nBins (i32.sub (local.get $nBins) (i32.const 1)))
        (if (i32.eqz (i32.load16_u (local.get $table)))
          (then
            (local.set $table (i32.add (local.get $table) (i32.const 96)))
            (local.set $sums (i32.add (local.get $sums) (i32.const 384)))
            (br $bins)))
        (local.set $all (v128.load16_splat (local.get $table)))
        (local.set $vector (i32.const 6))
        (local.set $mask (local.get $masks))
        (loop $vectors
          (local.set $t (v128.load (local.get $table)))
          (v128.store (local.get $table) (v128.const i32x4 0 0 0 0))
          (local.set $u (v128.and (local.get $t) (v128.load (local.get $mask))))
          (v128.store (local.get $sums)
            (i32x4.add (v128.load (local.get $sums)) (i32x4.extend_low_i16x8_u (local.get $u))))
          (v128.store offset=16 (local.get $sums)
            (i32x4.add (v128.load offset=16 (local.get $sums)) (i32x4.extend_high_i16x8_u (local.get $u))))
          (local.set $u
            (i16x8.add
              (v128.and (local.get $t) (v128.load offset=16 (local.get $mask)))
              (v128.and (local.get $all) (v128.load offset=32 (local.get $mask)))))
          (v128.store offset=32 (local.get $sums)
            (i32x4.add (v128.load offset=32 (local.get $sums)) (i32x4.extend_low_i16x8_u (local.get $u))))
          (v128.store offset=48 (local.get $sums)
            (i32x4.add (v128.load offset=48 (local.get $sums)) (i32x4.extend_high_i16x8_u (local.get $u))))
          (local.set $table (i32.add (local.get $table) (i32.const 16)))
          (local.set $mask (i32.add (local.get $mask) (i32.const 48)))
          (local.set $sums (i32.add (local.get $sums) (i32.const 64)))
          (br_if $vectors (local.tee $vector (i32.sub (local.get $vector) (i32.const 1)))))
        (br $bins)))))
