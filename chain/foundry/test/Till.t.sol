// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Accounts} from "../../contracts/Accounts.sol";
import {Till} from "../../contracts/Till.sol";
import {Drain, Refuser, Wallet} from "./Hostiles.sol";
import {Kit} from "./Kit.sol";

contract TillTest is Kit {
    Till private till;

    function setUp() public override {
        super.setUp();
        till = newTill();
        vm.deal(address(this), 1000 ether);
    }

    function test_CreditsAreAddedAndTold() public {
        vm.expectEmit(address(till));
        emit Till.Credited(owner, address(this), 3);
        credit(owner, 3);
        credit(owner, 4);
        eq(till.creditOf(owner), 7, "credit");
        eq(address(till).balance, 7, "money");
    }

    function testFuzz_ManyAreCreditedExactly(uint96[8] memory wei_, uint8 count) public {
        count = uint8(within(count, 1, 8));
        address[] memory accounts = new address[](count);
        uint256[] memory amounts = new uint256[](count);
        uint256 sum;
        for (uint256 i; i < count; ++i) {
            accounts[i] = address(uint160(0x1000 + i % 3)); // some of them more than once
            amounts[i] = within(wei_[i], 1, 100 ether);
            sum += amounts[i];
        }
        till.creditMany{value: sum}(accounts, amounts);
        uint256 credits;
        for (uint256 i; i < 3; ++i) credits += till.creditOf(address(uint160(0x1000 + i)));
        eq(credits, sum, "sum of credits");
        eq(address(till).balance, sum, "money");
    }

    function test_AmountsMustBeTheValueSent() public {
        (address[] memory accounts, uint256[] memory amounts) = one(owner, 5);
        vm.expectRevert(abi.encodeWithSelector(Till.AmountsDifferFromValue.selector, 5, 4));
        till.creditMany{value: 4}(accounts, amounts);
        vm.expectRevert(abi.encodeWithSelector(Till.AmountsDifferFromValue.selector, 5, 6));
        till.creditMany{value: 6}(accounts, amounts);
    }

    function test_EveryAmountNeedsItsAccount() public {
        (address[] memory accounts,) = one(owner, 5);
        vm.expectRevert(abi.encodeWithSelector(Till.LengthsDiffer.selector, 1, 2));
        till.creditMany{value: 5}(accounts, new uint256[](2));
    }

    function test_NothingAndNobodyAreNotCredited() public {
        (address[] memory accounts, uint256[] memory amounts) = one(owner, 0);
        vm.expectRevert(Till.NothingToDo.selector);
        till.creditMany(accounts, amounts);
        (accounts, amounts) = one(address(0), 5);
        vm.expectRevert(Till.NothingToDo.selector);
        till.creditMany{value: 5}(accounts, amounts);
    }

    function test_CreditBeyondItsFieldIsRefused() public {
        uint256 most = type(uint96).max;
        vm.deal(address(this), 3 * most);
        credit(owner, most);
        eq(till.creditOf(owner), most, "the most");
        (address[] memory accounts, uint256[] memory amounts) = one(owner, 1);
        vm.expectRevert(abi.encodeWithSelector(Accounts.AmountTooLarge.selector, 1));
        till.creditMany{value: 1}(accounts, amounts);
        (accounts, amounts) = one(maker, most + 1);
        vm.expectRevert(abi.encodeWithSelector(Accounts.AmountTooLarge.selector, most + 1));
        till.creditMany{value: most + 1}(accounts, amounts);
    }

    function testFuzz_ACreditIsWithdrawnInParts(uint96 amount, uint96 part) public {
        amount = uint96(within(amount, 1, 1000 ether));
        part = uint96(within(part, 1, amount));
        credit(owner, amount);
        vm.expectEmit(address(till));
        emit Till.Withdrawn(owner, maker, part);
        vm.prank(owner);
        till.withdraw(payable(maker), part);
        eq(till.creditOf(owner), amount - part, "left");
        eq(maker.balance, part, "paid");
        eq(address(till).balance, amount - part, "money");
    }

    function test_NoMoreThanTheCreditIsWithdrawn() public {
        credit(owner, 5);
        credit(maker, 5);
        vm.expectRevert(abi.encodeWithSelector(Till.CreditTooSmall.selector, owner, 5, 6));
        vm.prank(owner);
        till.withdraw(payable(owner), 6);
        vm.expectRevert(abi.encodeWithSelector(Till.CreditTooSmall.selector, creator, 0, 1));
        vm.prank(creator);
        till.withdraw(payable(creator), 1);
    }

    function test_NothingIsNotWithdrawnNorToNobody() public {
        credit(owner, 5);
        vm.expectRevert(Till.NothingToDo.selector);
        vm.prank(owner);
        till.withdraw(payable(owner), 0);
        vm.expectRevert(Till.NothingToDo.selector);
        vm.prank(owner);
        till.withdraw(payable(address(0)), 5);
    }

    function test_ARefusedWithdrawalStaysCredited() public {
        address refuser = address(new Refuser());
        credit(owner, 5);
        vm.expectRevert(abi.encodeWithSelector(Till.ReceiverRefused.selector, refuser, 5));
        vm.prank(owner);
        till.withdraw(payable(refuser), 5);
        eq(till.creditOf(owner), 5, "credit");
        vm.prank(owner);
        till.withdraw(payable(maker), 5);
        eq(maker.balance, 5, "elsewhere it arrives");
    }

    function test_AReceiverThatComesBackGetsNothingMore() public {
        Drain drain = new Drain(till);
        credit(address(drain), 5);
        credit(owner, 50);
        drain.start(5);
        yes(drain.refused(), "second entry refused");
        eq(address(drain).balance, 5, "its own");
        eq(till.creditOf(owner), 50, "others'");
    }

    // --- by signature

    function test_AnyoneSendsASignedWithdrawal() public {
        credit(owner, 9);
        bytes memory signature = sign(till, OWNER_KEY, maker, 4, 0, NEVER);
        vm.prank(creator);
        till.withdrawBySig(owner, payable(maker), 4, 0, NEVER, signature);
        eq(maker.balance, 4, "paid");
        eq(till.creditOf(owner), 5, "left");
        eq(till.nonceOf(owner), 1, "nonce");
    }

    function test_ASignedWithdrawalIsPaidOnce() public {
        credit(owner, 9);
        bytes memory signature = sign(till, OWNER_KEY, maker, 4, 0, NEVER);
        till.withdrawBySig(owner, payable(maker), 4, 0, NEVER, signature);
        vm.expectRevert(abi.encodeWithSelector(Till.WrongNonce.selector, owner, 1, 0));
        till.withdrawBySig(owner, payable(maker), 4, 0, NEVER, signature);
        expectWrongSignature();
        till.withdrawBySig(owner, payable(maker), 4, 1, NEVER, signature);
    }

    function test_ASignedWithdrawalEndsWithItsDeadline() public {
        credit(owner, 9);
        bytes memory signature = sign(till, OWNER_KEY, maker, 4, 0, NOW);
        vm.warp(NOW + 1);
        vm.expectRevert(abi.encodeWithSelector(Till.DeadlinePassed.selector, NOW, NOW + 1));
        till.withdrawBySig(owner, payable(maker), 4, 0, NOW, signature);
        vm.warp(NOW);
        till.withdrawBySig(owner, payable(maker), 4, 0, NOW, signature);
    }

    function testFuzz_NothingInASignedWithdrawalCanBeChanged(uint8 field, uint256 salt) public {
        credit(owner, 100);
        credit(maker, 100);
        bytes memory signature = sign(till, OWNER_KEY, creator, 4, 0, NEVER);
        address account = field % 4 == 0 ? maker : owner;
        address payable to = payable(field % 4 == 1 ? maker : creator);
        uint256 amount = field % 4 == 2 ? within(salt, 5, 100) : 4;
        uint256 deadline = field % 4 == 3 ? within(salt, NOW, NEVER - 1) : NEVER;
        expectWrongSignature();
        till.withdrawBySig(account, to, amount, 0, deadline, signature);
    }

    function test_ASignatureForAnotherTillOrChainIsVoid() public {
        credit(owner, 9);
        bytes memory elsewhere = sign(newTill(), OWNER_KEY, maker, 4, 0, NEVER);
        expectWrongSignature();
        till.withdrawBySig(owner, payable(maker), 4, 0, NEVER, elsewhere);
        bytes memory here = sign(till, OWNER_KEY, maker, 4, 0, NEVER);
        vm.chainId(5);
        expectWrongSignature();
        till.withdrawBySig(owner, payable(maker), 4, 0, NEVER, here);
    }

    function test_AContractSignsByItsOwnRule() public {
        address wallet = address(new Wallet(owner));
        credit(wallet, 9);
        bytes32 digest = digestOf(till, wallet, maker, 4, 0, NEVER);
        bytes memory byOwner = signature65(OWNER_KEY, digest);
        bytes memory byStranger = signature65(MAKER_KEY, digest);
        expectWrongSignature();
        till.withdrawBySig(wallet, payable(maker), 4, 0, NEVER, byStranger);
        till.withdrawBySig(wallet, payable(maker), 4, 0, NEVER, byOwner);
        eq(maker.balance, 4, "paid");
    }

    function expectWrongSignature() private {
        vm.expectPartialRevert(Till.WrongSignature.selector);
    }

    function credit(address account, uint256 amount) private {
        (address[] memory accounts, uint256[] memory amounts) = one(account, amount);
        till.creditMany{value: amount}(accounts, amounts);
    }

    function one(address account, uint256 amount) private pure returns (address[] memory a, uint256[] memory b) {
        a = new address[](1);
        b = new uint256[](1);
        (a[0], b[0]) = (account, amount);
    }

    function sign(Till where, uint256 key, address to, uint256 amount, uint256 nonce, uint256 deadline)
        private
        view
        returns (bytes memory)
    {
        return signature65(key, digestOf(where, vm.addr(key), to, amount, nonce, deadline));
    }

    function digestOf(Till where, address account, address to, uint256 amount, uint256 nonce, uint256 deadline)
        private
        view
        returns (bytes32)
    {
        bytes32 hash = keccak256(abi.encode(where.WITHDRAWAL_TYPEHASH(), account, to, amount, nonce, deadline));
        return keccak256(abi.encodePacked(hex"1901", where.domainSeparator(), hash));
    }
}
