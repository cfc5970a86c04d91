using Actors.NodeShell;
using Xunit;

namespace NodeShell.Tests.Settings;

public sealed class NodeConfigurationTests : IDisposable
{
    private const string Defaults = """
        # Defaults
        actors.server {
          batch-max = 64
          name = "plain"
        }
        akka.remote.port = 2346
        """;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("conf-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void Options_win_over_the_file_and_the_file_over_the_defaults()
    {
        var file = Write("actors.server { batch-max = 65, name = from-file }");

        var config = NodeConfiguration.Load(Defaults, file, ("actors.server.name", "a \"quoted\\ name\""), ("akka.remote.port", null)).Config;

        Assert.Equal(65, config.GetInt("actors.server.batch-max"));
        Assert.Equal("a \"quoted\\ name\"", config.GetString("actors.server.name"));
        Assert.Equal(2346, config.GetInt("akka.remote.port"));
    }

    [Fact]
    public void An_empty_file_changes_nothing() =>
        Assert.Equal(64, NodeConfiguration.Load(Defaults, Write("\n")).Config.GetInt("actors.server.batch-max"));

    [Fact]
    public void A_file_includes_others_beside_it()
    {
        Directory.CreateDirectory(Path.Combine(_directory.FullName, "more"));
        File.WriteAllText(Path.Combine(_directory.FullName, "more", "inner.conf"), "batch-max = 66");
        File.WriteAllText(Path.Combine(_directory.FullName, "more", "outer.conf"), "actors.server { include \"inner.conf\" }");
        var file = Write("include \"more/outer.conf\"\nactors.server.name = mine");

        var config = NodeConfiguration.Load(Defaults, file).Config;

        Assert.Equal(66, config.GetInt("actors.server.batch-max"));
        Assert.Equal("mine", config.GetString("actors.server.name"));
    }

    [Theory]
    [InlineData("include \"none.conf\"", "there is no")]
    [InlineData("include \"node.conf\"", "in a circle")]
    [InlineData("include \"bad.conf\"", "is not HOCON")]
    public void An_include_that_cannot_be_followed_is_wrong_usage(string text, string words)
    {
        File.WriteAllText(Path.Combine(_directory.FullName, "bad.conf"), "a = {");
        File.WriteAllText(Path.Combine(_directory.FullName, "node.conf"), text);
        var e = Assert.Throws<UsageException>(() => NodeConfiguration.Load(Defaults, Path.Combine(_directory.FullName, "node.conf")));
        Assert.Contains(words, e.Explain());
    }

    [Fact]
    public void A_file_that_is_not_there_is_wrong_usage()
    {
        var e = Assert.Throws<UsageException>(() => NodeConfiguration.Load(Defaults, Path.Combine(_directory.FullName, "none.conf")));

        Assert.Equal(ExitCodes.Usage, e.ExitCode);
        Assert.Contains("none.conf", e.Where);
    }

    [Fact]
    public void A_file_that_is_not_hocon_names_the_file_and_the_line()
    {
        var file = Write("actors.server {\n  batch-max = 65\n  name = [1, 2\n");

        var e = Assert.Throws<UsageException>(() => NodeConfiguration.Load(Defaults, file));

        Assert.Contains(file, e.Where);
        Assert.Contains("line", e.Message);
    }

    [Fact]
    public void A_setting_that_does_not_exist_is_refused_with_its_line()
    {
        var file = Write("# batch-mux\nactors.server {\n  batch-mux = 65\n}");

        var e = Assert.Throws<UsageException>(() => NodeConfiguration.Load(Defaults, file));

        Assert.Contains("actors.server.batch-mux", e.Message);
        Assert.EndsWith(", line 3", e.Where);
    }

    [Theory]
    [InlineData("actors = 1", "\"actors\"", 1)]
    [InlineData("# the server\nactors.server = none", "\"actors.server\"", 2)]
    [InlineData("actors { server = [] }", "\"actors.server\"", 1)]
    public void A_value_in_the_place_of_a_section_is_refused_with_its_line(string text, string named, int line)
    {
        var file = Write(text);

        var e = Assert.Throws<UsageException>(() => NodeConfiguration.Load(Defaults, file));

        Assert.Contains($"{named} is a section", e.Message);
        Assert.EndsWith($", line {line}", e.Where);
    }

    [Fact]
    public void Settings_of_the_runtime_are_left_to_the_runtime_and_one_that_it_does_not_read_is_a_warning()
    {
        var configuration = NodeConfiguration.Load(Defaults, Write("""
            akka {
              remote.port = 1
              remote.dot-netty.tcp { hostname = "127.0.0.1", enable-sll = on }
              actor.deployment { "/user" { mailbox = small } }
            }
            """));

        Assert.Equal("on", configuration.Config.GetString("akka.remote.dot-netty.tcp.enable-sll"));
        var warning = Assert.Single(configuration.Warnings);
        Assert.Contains("line 3", warning);
        Assert.Contains("\"akka.remote.dot-netty.tcp.enable-sll\"", warning);
    }

    [Theory]
    [InlineData("actors.server.batch-max = many", "\"actors.server.batch-max\" is a whole number, not \"many\"")]
    [InlineData("actors.server.batch-max = 1.5", "a whole number")]
    [InlineData("akka.remote.dot-netty.tcp.port = many", "\"akka.remote.dot-netty.tcp.port\" is a whole number")]
    [InlineData("akka.remote.retry-gate-closed-for = soon", "a duration")]
    [InlineData("akka.remote.untrusted-mode = perhaps", "on or off")]
    [InlineData("akka.remote.dot-netty.tcp.maximum-frame-size = wide", "a size")]
    public void A_value_of_the_wrong_kind_is_wrong_usage_and_names_the_setting_and_its_line(string text, string words)
    {
        var e = Assert.Throws<UsageException>(() => NodeConfiguration.Load(Defaults, Write("\n" + text)));

        Assert.Contains(words, e.Message);
        Assert.EndsWith(", line 2", e.Where);
    }

    [Theory]
    [InlineData("akka.log-dead-letters = off")]
    [InlineData("akka.log-dead-letters = 7")]
    [InlineData("akka.actor.ask-timeout = 5s")]
    [InlineData("akka.remote.dot-netty.tcp.maximum-frame-size = 256KiB")]
    [InlineData("akka.remote.retry-gate-closed-for = 250 ms")]
    public void A_value_that_akka_net_takes_is_taken(string text) =>
        Assert.Empty(NodeConfiguration.Load(Defaults, Write(text)).Warnings);

    [Theory]
    [InlineData("actors.server.name = ${actors.server.name}", "substitutions", 1)]
    [InlineData("# \"${\nactors.server.name += x", "'+='", 2)]
    [InlineData("actors.server.name = \"x\n", "a string is not closed", 1)]
    [InlineData("\n actors.server.name = x\n}", "'}' closes nothing", 3)]
    [InlineData("actors.server {\n name = [ }", "'}' closes nothing", 2)]
    [InlineData("actors.server {", "'{' is not closed", 1)]
    public void What_akka_nets_parser_would_not_see_or_not_survive_is_refused_with_its_line(string text, string words, int line)
    {
        var e = Assert.Throws<UsageException>(() => NodeConfiguration.Load(Defaults, Write(text)));

        Assert.Contains(words, e.Message);
        Assert.Contains($"line {line}", e.Message);
    }

    [Theory]
    [InlineData("actor.server.name = x", "\"actor\"")]
    [InlineData("just words", "\"just words\"")]
    public void A_section_that_is_neither_the_nodes_nor_akka_nets_is_refused(string text, string named) =>
        Assert.Contains(named, Assert.Throws<UsageException>(() => NodeConfiguration.Load(Defaults, Write(text))).Message);

    [Fact]
    public void A_string_may_hold_what_has_a_meaning_outside_of_it() =>
        Assert.Equal("a } ${b} # += [", NodeConfiguration.Load(Defaults, Write("actors.server.name = \"a } ${b} # += [\" // } [")).Config.GetString("actors.server.name"));

    private string Write(string text)
    {
        var file = Path.Combine(_directory.FullName, "node.conf");
        File.WriteAllText(file, text);
        return file;
    }
}
