import LedgerCore
import Testing

@Suite struct CivilDayTests {
  @Test func `every day of four centuries converts to a date and back`() {
    for number in Int32(-80_000)...80_000 {
      let day = CivilDay(number: number)
      let date = day.date
      #expect(CivilDay(year: date.year, month: date.month, day: date.day) == day)
    }
  }

  @Test func `a date that does not exist is refused`() {
    #expect(CivilDay(year: 2025, month: 2, day: 29) == nil)
    #expect(CivilDay(year: 2024, month: 2, day: 29)?.description == "2024-02-29")
    #expect(CivilDay(year: 2024, month: 13, day: 1) == nil)
    #expect(CivilDay(year: 2024, month: 4, day: 31) == nil)
  }

  @Test func `weeks start on Monday`() throws {
    let sunday = try #require(CivilDay(year: 2026, month: 11, day: 22))
    #expect(sunday.weekday == 7)
    #expect(sunday.startOfWeek.description == "2026-11-16")
  }
}
