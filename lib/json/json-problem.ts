/** Why a text is not JSON. None of it is in here. */
export interface JsonProblem {
  /**
   * `syntax`: a character that cannot be there. `incomplete`: the text ended too early. `range`: a number too large for
   * a double, which JSON.parse would make `Infinity`. `limit`: deeper or longer than allowed.
   */
  readonly reason: 'syntax' | 'incomplete' | 'range' | 'limit';
  /** How many characters (UTF-16 code units) are before the one where it became certain. */
  readonly position: number;
  /** What was expected instead, or what the limit is. */
  readonly message: string;
}
