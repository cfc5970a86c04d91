using System.Text.RegularExpressions;

namespace Actors.Architecture.Tests;

/// <summary>Finds the methods of a source file by its braces and counts their lines, signature included.</summary>
internal static partial class MethodLengths
{
    public static IEnumerable<(string Name, int Line, int Lines)> Of(string source)
    {
        string code = CodeText.BlankAttributes(CodeText.Blank(source));
        var blocks = new Stack<bool>();
        var found = new List<(string, int, int)>();
        int memberFrom = 0;
        int memberDepth = -1;
        for (int at = 0; at < code.Length; at++)
        {
            bool inMember = memberDepth >= 0;
            switch (code[at])
            {
                case '{':
                    bool declares = !inMember && Declaration().IsMatch(code[memberFrom..at]);
                    if (!inMember && !declares)
                        memberDepth = blocks.Count;
                    blocks.Push(declares);
                    if (declares)
                        memberFrom = at + 1;
                    break;
                case '}':
                    if (blocks.Count > 0)
                        blocks.Pop();
                    if (inMember && blocks.Count > memberDepth)
                        break;
                    // An initializer goes on until its semicolon, a method ends here.
                    if (inMember && IsInitializer(code, memberFrom, at))
                        break;
                    Close(code, found, memberFrom, at, inMember);
                    memberFrom = at + 1;
                    memberDepth = -1;
                    break;
                case ';' when !inMember || blocks.Count == memberDepth:
                    Close(code, found, memberFrom, at, hasBody: code[memberFrom..at].Contains("=>", StringComparison.Ordinal));
                    memberFrom = at + 1;
                    memberDepth = -1;
                    break;
            }
        }
        return found;
    }

    private static bool IsInitializer(string code, int from, int to)
    {
        int brace = code.IndexOf('{', from, to - from);
        return brace >= 0 && NoAssignment().Replace(code[from..brace], "").Contains('=', StringComparison.Ordinal);
    }

    private static void Close(string code, List<(string, int, int)> found, int from, int to, bool hasBody)
    {
        string member = code[from..(to + 1)];
        Match name = MethodName().Match(member);
        if (!hasBody || !name.Success)
            return;
        int start = from + member.Length - member.TrimStart().Length;
        found.Add((name.Groups[1].Value, LineOf(code, start), LineOf(code, to) - LineOf(code, start) + 1));
    }

    private static int LineOf(string code, int at) => code.AsSpan(0, at).Count('\n') + 1;

    [GeneratedRegex(@"\b(class|struct|interface|record|enum|namespace|extension)\b(?![^{]*=>)")]
    private static partial Regex Declaration();

    /// <summary>Defaults of parameters, and operators that are made of equals signs.</summary>
    [GeneratedRegex(@"\((?>[^()]+|(?<open>\()|(?<-open>\)))*(?(open)(?!))\)|\boperator\s*[=!<>]=")]
    private static partial Regex NoAssignment();

    [GeneratedRegex(@"^[^={]*?(operator\s*[=!<>]=|[\w.]+)\s*(<[^(){}]*>)?\s*\(")]
    private static partial Regex MethodName();
}
