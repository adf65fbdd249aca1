/// Euclid's algorithm. `left` and `right`: not negative; the divisor of a number and 0 is that number.
@inlinable
package func greatestCommonDivisor<Number: BinaryInteger>(_ left: Number, _ right: Number) -> Number
{
  right == 0 ? left : greatestCommonDivisor(right, left % right)
}
