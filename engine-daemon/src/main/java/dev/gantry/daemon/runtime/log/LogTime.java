package dev.gantry.daemon.runtime.log;

/**
 * Reads and writes the times of log lines in place: RFC 3339 with up to nine digits of a second's fraction and any
 * offset in, exactly nine digits in UTC out. Mutable, for one thread.
 */
final class LogTime {

    /** {@code 2006-01-02T15:04:05.000000000Z}. */
    static final int WRITTEN_LENGTH = 30;

    private static final int DATE_TIME = 19;
    private static final int MAX_FRACTION = 9;
    private static final int DAY_SECONDS = 86_400;
    private static final int YEARS_PER_ERA = 400;
    private static final int DAYS_PER_ERA = 146_097;
    private static final int DAYS_TO_EPOCH = 719_468;

    private long seconds;
    private int nanos;

    /** Seconds since the epoch, after {@link #parse}. */
    long seconds() {
        return seconds;
    }

    int nanos() {
        return nanos;
    }

    /** Reads the time in a range of bytes; false where it is none. */
    boolean parse(byte[] bytes, int from, int to) {
        if (to - from < DATE_TIME + 1) {
            return false;
        }
        int year = number(bytes, from, 4);
        int month = number(bytes, from + 5, 2);
        int day = number(bytes, from + 8, 2);
        int hour = number(bytes, from + 11, 2);
        int minute = number(bytes, from + 14, 2);
        int second = number(bytes, from + 17, 2);
        boolean separated = bytes[from + 4] == '-'
                && bytes[from + 7] == '-'
                && bytes[from + 10] == 'T'
                && bytes[from + 13] == ':'
                && bytes[from + 16] == ':';
        boolean inRange = year >= 0
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= 31
                && hour >= 0
                && hour <= 23
                && minute >= 0
                && minute <= 59
                && second >= 0
                && second <= 60;
        if (!separated || !inRange) {
            return false;
        }
        seconds = days(year, month, day) * DAY_SECONDS + hour * 3600L + minute * 60L + second;
        int next = fraction(bytes, from + DATE_TIME, to);
        return next > 0 && offset(bytes, next, to);
    }

    /** Reads the fraction and gives the position after it; -1 where there is a point without digits. */
    private int fraction(byte[] bytes, int from, int to) {
        nanos = 0;
        if (bytes[from] != '.') {
            return from;
        }
        int digits = 0;
        int next = from + 1;
        while (next < to && digits < MAX_FRACTION && bytes[next] >= '0' && bytes[next] <= '9') {
            nanos = nanos * 10 + bytes[next] - '0';
            next++;
            digits++;
        }
        for (int i = digits; i < MAX_FRACTION; i++) {
            nanos *= 10;
        }
        return digits == 0 ? -1 : next;
    }

    private boolean offset(byte[] bytes, int from, int to) {
        if (to - from == 1) {
            return bytes[from] == 'Z';
        }
        if (to - from != 6 || bytes[from + 3] != ':' || (bytes[from] != '+' && bytes[from] != '-')) {
            return false;
        }
        int hours = number(bytes, from + 1, 2);
        int minutes = number(bytes, from + 4, 2);
        if (hours < 0 || minutes < 0) {
            return false;
        }
        int offset = hours * 3600 + minutes * 60;
        seconds += bytes[from] == '+' ? -offset : offset;
        return true;
    }

    /** Writes {@link #WRITTEN_LENGTH} bytes. */
    void write(byte[] target, int at) {
        long days = Math.floorDiv(seconds, DAY_SECONDS);
        int rest = (int) Math.floorMod(seconds, (long) DAY_SECONDS);
        writeDate(target, at, days);
        target[at + 10] = 'T';
        digits(target, at + 11, rest / 3600, 2);
        target[at + 13] = ':';
        digits(target, at + 14, rest / 60 % 60, 2);
        target[at + 16] = ':';
        digits(target, at + 17, rest % 60, 2);
        target[at + DATE_TIME] = '.';
        digits(target, at + 20, nanos, MAX_FRACTION);
        target[at + 29] = 'Z';
    }

    /** Days since the epoch in the proleptic Gregorian calendar, counting years from March. */
    private static long days(int year, int month, int day) {
        long y = month <= 2 ? year - 1L : year;
        long era = Math.floorDiv(y, YEARS_PER_ERA);
        long yearOfEra = y - era * YEARS_PER_ERA;
        long dayOfYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        return era * DAYS_PER_ERA + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - DAYS_TO_EPOCH;
    }

    private static void writeDate(byte[] target, int at, long sinceEpoch) {
        long shifted = sinceEpoch + DAYS_TO_EPOCH;
        long era = Math.floorDiv(shifted, DAYS_PER_ERA);
        int dayOfEra = (int) (shifted - era * DAYS_PER_ERA);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int fromMarch = (5 * dayOfYear + 2) / 153;
        int month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
        digits(target, at, (int) (yearOfEra + era * YEARS_PER_ERA) + (month <= 2 ? 1 : 0), 4);
        target[at + 4] = '-';
        digits(target, at + 5, month, 2);
        target[at + 7] = '-';
        digits(target, at + 8, dayOfYear - (153 * fromMarch + 2) / 5 + 1, 2);
    }

    private static void digits(byte[] target, int at, int value, int count) {
        int rest = value;
        for (int i = at + count - 1; i >= at; i--) {
            target[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    private static int number(byte[] bytes, int from, int count) {
        int value = 0;
        for (int i = from; i < from + count; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
